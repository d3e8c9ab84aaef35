package holdfast.sim;

import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What must be so of new orders.
final class ReloadLaws {

    private final Coverage coverage;

    ReloadLaws(Coverage coverage) {
        this.coverage = coverage;
    }

    void look(Step step, Told told) {
        if (step.ordersBefore().equals(step.orders())) {
            coverage.expect(
                    Law.RELOAD_WITHOUT_NEWS,
                    step.effects().isEmpty() && step.changes().stream().allMatch(this::isSame),
                    () -> step.router().name() + ": " + step.effects());
            return;
        }
        Set<String> touched = touched(step.effects());
        for (Step.Change change : step.changes()) {
            if (change.old().isEmpty()) {
                continue;
            }
            keepsRole(step, told, change);
            lists(step, change);
            InstanceStatus now = change.now();
            if (Concern.of(step.ordersBefore(), change.was().spec())
                    .equals(Concern.of(step.orders(), now.spec()))) {
                coverage.expect(
                        Law.UNCHANGED_UNTOUCHED,
                        !touched.contains(now.spec().name()) && isSame(change),
                        () -> step.who(now) + step.effects());
            }
        }
    }

    private boolean isSame(Step.Change change) {
        return change.old().equals(Optional.of(change.now()));
    }

    private void keepsRole(Step step, Told told, Step.Change change) {
        Role was = change.was().role();
        Role now = change.now().role();
        boolean faulty = !told.faults(change.now().spec()).isEmpty();
        boolean right =
                was == now
                        || was == Role.INIT
                        || (now == Role.FAULT && faulty)
                        || (was == Role.FAULT && now == Role.BACKUP && !faulty);
        coverage.expect(
                Law.RELOAD_KEEPS_ROLES, right, () -> step.who(change.now()) + was + " to " + now);
    }

    private void lists(Step step, Step.Change change) {
        InstanceStatus was = change.was();
        InstanceStatus now = change.now();
        boolean disowned = was.spec().isOwner() && !now.spec().isOwner();
        if (was.role() != now.role() || (disowned && now.role() != Role.MASTER)) {
            return; // it takes or leaves all of them
        }
        Set<Object> added = new LinkedHashSet<>();
        Set<Object> dropped = new LinkedHashSet<>();
        if (now.role() == Role.MASTER) {
            added.addAll(things(now.spec()));
            dropped.addAll(things(was.spec()));
            // Under another name all of it is claimed anew, and only the old claim is released.
            if (was.spec().name().equals(now.spec().name())) {
                added.removeAll(things(was.spec()));
                dropped.removeAll(things(now.spec()));
            }
        }
        Set<Object> claimed = new LinkedHashSet<>();
        Set<Object> released = new LinkedHashSet<>();
        for (VrrpEffect effect : step.effects()) {
            claimed.addAll(claimed(effect, now.spec().name()));
            released.addAll(released(effect, was.spec().name()));
        }
        coverage.expect(
                Law.LISTS,
                claimed.equals(added) && released.equals(dropped),
                () ->
                        "%sclaims %s for %s, releases %s for %s"
                                .formatted(step.who(now), claimed, added, released, dropped));
    }

    /// The addresses and routes that an effect claims for an instance.
    static List<?> claimed(VrrpEffect effect, String name) {
        if (effect instanceof VrrpEffect.ClaimAddresses claim && claim.instance().equals(name)) {
            return claim.addresses();
        }
        return effect instanceof VrrpEffect.ClaimRouting claim && claim.instance().equals(name)
                ? claim.routing()
                : List.of();
    }

    static List<?> released(VrrpEffect effect, String name) {
        if (effect instanceof VrrpEffect.ReleaseAddresses one && one.instance().equals(name)) {
            return one.addresses();
        }
        return effect instanceof VrrpEffect.ReleaseRouting one && one.instance().equals(name)
                ? one.routing()
                : List.of();
    }

    /// All that comes and goes with mastership.
    private static List<Object> things(VrrpSpec spec) {
        List<Object> all = new ArrayList<>(spec.addresses());
        all.addAll(spec.excluded());
        all.addAll(spec.routing());
        return all;
    }

    /// Whom the effects are about. Announcements do not count: they were due anyway.
    static Set<String> touched(List<VrrpEffect> effects) {
        Set<String> names = new HashSet<>();
        for (VrrpEffect effect : effects) {
            switch (effect) {
                case VrrpEffect.SendPacket packet -> names.add(packet.instance());
                case VrrpEffect.BlockAddresses block -> names.add(block.instance());
                case VrrpEffect.UnblockAddresses unblock -> names.add(unblock.instance());
                case VrrpEffect.ClaimAddresses claim -> names.add(claim.instance());
                case VrrpEffect.ReleaseAddresses release -> names.add(release.instance());
                case VrrpEffect.ClaimRouting claim -> names.add(claim.instance());
                case VrrpEffect.ReleaseRouting release -> names.add(release.instance());
                case VrrpEffect.RoleChanged change -> names.add(change.instance());
                case VrrpEffect.PriorityChanged change -> names.add(change.instance());
                case VrrpEffect.FaultsChanged change -> names.add(change.instance());
                case VrrpEffect.HeardWeaker heard -> names.add(heard.instance());
                case VrrpEffect.Mismatch mismatch -> names.add(mismatch.instance());
                case VrrpEffect.PacketDropped dropped -> names.add(dropped.instance());
                case VrrpEffect.AnnounceAddresses _,
                        VrrpEffect.GroupRoleChanged _,
                        VrrpEffect.ScriptTurned _,
                        VrrpEffect.FileChanged _,
                        VrrpEffect.ProcessesTurned _,
                        VrrpEffect.SessionTurned _,
                        VrrpEffect.HeardUnknownRouter _,
                        VrrpEffect.RunScript _ -> {}
            }
        }
        return names;
    }
}
