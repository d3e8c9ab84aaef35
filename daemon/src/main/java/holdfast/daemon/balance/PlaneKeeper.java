package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.AddService;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.BalanceEffect.RemoveService;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.balance.Traffic;
import holdfast.balance.VirtualServerSpec;
import holdfast.config.GlobalSpec;
import holdfast.config.HouseSpec.BufferSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The data plane with what there is around it: which it is, what it refused, and when to say
/// again what it should hold. Confined to the role's thread.
final class PlaneKeeper implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(60);

    /// How often it is looked whether somebody took services away.
    private static final Duration ROUND = Duration.ofSeconds(30);

    /// How many services are looked at closely in one turn of the loop, and how long the next turn
    /// waits, so that checks do not.
    private static final int CLOSELY_MAX = 16;

    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Reporter reporter;
    private final Set<ServiceKey.Single> keys = new LinkedHashSet<>();
    private final Set<ServiceKey.Single> repairs = new LinkedHashSet<>();

    /// So that what does not work is said once, and not each time it is tried.
    private final Map<ServiceKey.Single, String> complaints = new HashMap<>();

    private final Set<String> remarks = new LinkedHashSet<>();
    private GlobalSpec global;
    private Optional<DataPlane> plane = Optional.empty();
    private MonoTime repairAt = MonoTime.NEVER;
    private MonoTime roundAt = MonoTime.NEVER;

    /// Whether the next round is for changes, too.
    private boolean thorough;

    /// What is still to be looked at closely in this round, and when.
    private final ArrayDeque<ServiceKey.Single> closely = new ArrayDeque<>();

    private MonoTime closelyAt = MonoTime.NEVER;

    PlaneKeeper(GlobalSpec global, Reporter reporter) {
        this.global = global;
        this.reporter = reporter;
    }

    boolean isOpen() {
        return plane.isPresent();
    }

    /// The plane stays what it is: a change of back-end needs a restart, and is said.
    void respecify(GlobalSpec next) {
        if (plane.isPresent() && next.backend() != global.backend()) {
            reporter.log(Level.WARNING, "A change of lvs_backend takes effect at the next start");
        }
        boolean otherRoom = !next.house().buffers().equals(global.house().buffers());
        global = next;
        if (otherRoom) {
            plane.ifPresent(this::makeRoom);
        }
    }

    private void makeRoom(DataPlane open) {
        BufferSpec buffers = global.house().buffers();
        try {
            open.makeRoom(buffers.commands().orElse(0), buffers.commandsForced());
        } catch (SyscallException e) {
            reporter.log(Level.WARNING, "Goes on without: " + e.getMessage());
        }
    }

    /// Opens the plane, unless it is open.
    void open(List<VirtualServerSpec> services) throws IOException {
        if (plane.isEmpty()) {
            DataPlane opened = PlaneChoice.open(global, reporter);
            plane = Optional.of(opened);
            makeRoom(opened);
            if (global.lvsFlush()) {
                opened.flush();
            }
        }
        for (VirtualServerSpec spec : services) {
            spec.members().forEach(member -> remark(plane.get(), spec.service(member)));
        }
    }

    private void remark(DataPlane open, Service service) {
        for (String remark : open.remarks(service)) {
            if (remarks.add(remark)) {
                reporter.log(Level.WARNING, remark);
            }
        }
    }

    void start(MonoTime now, List<PlaneCommand> commands) throws SyscallException {
        remember(commands);
        roundAt = now.plus(ROUND);
        complain(now, plane.orElseThrow().start(commands));
    }

    void apply(MonoTime now, List<PlaneCommand> commands) {
        remember(commands);
        if (plane.isEmpty()) {
            return;
        }
        try {
            List<DataPlane.Refusal> refusals = plane.get().apply(commands);
            complaints.keySet().removeAll(accepted(commands, refusals));
            complain(now, refusals);
        } catch (SyscallException e) {
            reporter.log(Level.ERROR, plane.get().name() + ": " + e.getMessage());
            repair(now.plus(SOON), keys);
        }
    }

    private static Set<ServiceKey.Single> accepted(
            List<PlaneCommand> commands, List<DataPlane.Refusal> refusals) {
        Set<ServiceKey.Single> accepted = new HashSet<>();
        commands.forEach(command -> accepted.add(command.key()));
        refusals.forEach(refusal -> accepted.remove(refusal.command().key()));
        return accepted;
    }

    private void remember(List<PlaneCommand> commands) {
        for (PlaneCommand command : commands) {
            if (command instanceof AddService(var service)) {
                keys.add(service.key());
            } else if (command instanceof RemoveService(var key)) {
                keys.remove(key);
                repairs.remove(key);
                complaints.remove(key);
            }
        }
    }

    private void complain(MonoTime now, List<DataPlane.Refusal> refusals) {
        for (DataPlane.Refusal refusal : refusals) {
            ServiceKey.Single key = refusal.command().key();
            String complaint = PlaneWords.of(refusal);
            if (!complaint.equals(complaints.put(key, complaint))) {
                reporter.log(Level.ERROR, complaint);
            }
            if (refusal.lost()) {
                repair(now.plus(SOON), keys);
            } else {
                repair(now.plus(LATER), Set.of(key));
            }
        }
    }

    private void repair(MonoTime at, Set<ServiceKey.Single> which) {
        if (which.isEmpty()) {
            return;
        }
        repairs.addAll(which);
        repairAt = repairAt.isAfter(at) ? at : repairAt;
    }

    /// Has what somebody changed put back with the next round. Not at once, unless the plane is
    /// looked at easily: a reload that changes nothing has nothing to do with IPVS.
    void inspectThoroughly(MonoTime now) {
        thorough = true;
        if (plane.filter(DataPlane::isLookedAtAfterReload).isPresent()) {
            roundAt = now.plus(SOON);
        }
    }

    /// Looks whether the plane still holds what it was told, and puts back what it does not.
    private void inspect(MonoTime now) {
        roundAt = now.plus(ROUND);
        if (plane.isEmpty()) {
            return;
        }
        boolean all = thorough;
        thorough = false;
        try {
            List<ServiceKey.Single> strays = plane.get().strays(all);
            putBack(now, strays);
            if (all) {
                closely.clear();
                closely.addAll(keys);
                closely.removeAll(new HashSet<>(strays));
                closelyAt = now;
            }
        } catch (SyscallException e) {
            reporter.log(Level.WARNING, plane.get().name() + ": " + e.getMessage());
        }
    }

    /// Looks whether some services have the rows that they shall have.
    private void inspectClosely(MonoTime now) {
        List<ServiceKey.Single> strays = new ArrayList<>();
        try {
            for (int i = 0; i < CLOSELY_MAX && !closely.isEmpty(); i++) {
                ServiceKey.Single key = closely.remove();
                if (plane.isPresent() && keys.contains(key) && !plane.get().holdsRows(key)) {
                    strays.add(key);
                }
            }
            closelyAt = closely.isEmpty() ? MonoTime.NEVER : now.plus(BETWEEN);
        } catch (SyscallException e) {
            closely.clear();
            closelyAt = MonoTime.NEVER;
            reporter.log(Level.WARNING, "Cannot look at rows: " + e.getMessage());
        }
        putBack(now, strays);
    }

    private void putBack(MonoTime now, List<ServiceKey.Single> strays) {
        strays.stream().filter(keys::contains).findFirst().ifPresent(first -> say(first, strays));
        repair(now, new LinkedHashSet<>(strays));
    }

    private void say(ServiceKey.Single first, List<ServiceKey.Single> strays) {
        String more = strays.size() > 1 ? " and " + (strays.size() - 1) + " more" : "";
        reporter.log(
                Level.NOTICE,
                "Somebody changed " + first + more + " in the kernel; it is put back");
    }

    /// When something that did not work should be tried again, or looked at.
    MonoTime deadline() {
        MonoTime look = roundAt.isAfter(closelyAt) ? closelyAt : roundAt;
        MonoTime first = look.isAfter(repairAt) ? repairAt : look;
        MonoTime own = plane.map(DataPlane::deadline).orElse(MonoTime.NEVER);
        return first.isAfter(own) ? own : first;
    }

    /// What the plane has counted until now.
    List<Traffic> traffic() {
        if (plane.isEmpty()) {
            return List.of();
        }
        try {
            return plane.get().traffic();
        } catch (SyscallException e) {
            reporter.log(Level.WARNING, plane.get().name() + ": " + e.getMessage());
            return List.of();
        }
    }

    /// The services that must be said again.
    List<ServiceKey.Single> takeRepairs(MonoTime now) {
        plane.filter(open -> !open.deadline().isAfter(now)).ifPresent(open -> wake(open, now));
        if (!roundAt.isAfter(now)) {
            inspect(now);
        }
        if (!closelyAt.isAfter(now)) {
            inspectClosely(now);
        }
        if (repairAt.isAfter(now)) {
            return List.of();
        }
        List<ServiceKey.Single> taken = repairs.stream().filter(keys::contains).toList();
        repairs.clear();
        repairAt = MonoTime.NEVER;
        return taken;
    }

    private void wake(DataPlane open, MonoTime now) {
        try {
            open.onDeadline(now);
        } catch (SyscallException e) {
            reporter.log(
                    Level.WARNING,
                    open.name() + " " + e.getMessage() + "; services go by weight alone");
        }
    }

    /// @param all whether services of others go too
    void withdraw(boolean all) {
        if (plane.isEmpty()) {
            return;
        }
        try {
            if (all) {
                plane.get().flush();
            }
            plane.get().withdraw();
        } catch (SyscallException e) {
            reporter.log(Level.ERROR, plane.get().name() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        plane.ifPresent(DataPlane::close);
    }
}
