package holdfast.daemon.balance;

import holdfast.config.GlobalSpec;
import holdfast.config.LvsTimeouts;
import holdfast.config.SyncDaemonSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.kernel.IpvsControl;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.daemon.kernel.SyncKeeper;
import holdfast.daemon.kernel.SyncTerms;
import holdfast.linux.SyscallException;
import holdfast.netlink.ipvs.IpvsDaemon;
import holdfast.netlink.ipvs.IpvsTimeouts;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What IPVS is told beside services: its timeouts, and the sync daemons that follow no router.
/// Confined to the role's thread.
final class IpvsSettings implements AutoCloseable {

    private final Reporter reporter;
    private final IpvsHome home;
    private static final Duration LATER = Duration.ofSeconds(30);

    private final SyncKeeper keeper;
    private MonoTime retryAt = MonoTime.NEVER;
    private boolean modprobeTried;

    /// So that what does not work is said once, and not each time it is tried.
    private String complaint = "";

    private Optional<LvsTimeouts> told = Optional.empty();

    /// What the kernel had before us.
    private Optional<IpvsTimeouts> original = Optional.empty();

    IpvsSettings(Reporter reporter, IpvsHome home) {
        this.reporter = reporter;
        this.home = home;
        this.keeper = new SyncKeeper(reporter, home);
    }

    /// Says what is now to be; what is the same is not touched.
    void apply(MonoTime now, GlobalSpec global) {
        try {
            keeper.want(daemons(global.syncDaemon()));
        } catch (SyscallException e) {
            reporter.log(Level.WARNING, "IPVS settings do not work: " + e.getMessage());
        }
        if (!told.equals(global.lvsTimeouts())) {
            told = global.lvsTimeouts();
            tryTimeouts(now);
        }
    }

    /// Puts back what was there before, and stops the daemons.
    void withdraw(MonoTime now) {
        try {
            keeper.want(List.of());
            told = Optional.empty();
            setTimeouts(now);
        } catch (SyscallException e) {
            reporter.log(Level.WARNING, "IPVS settings stay: " + e.getMessage());
        }
    }

    private static List<IpvsDaemon> daemons(Optional<SyncDaemonSpec> spec) {
        return spec.filter(one -> one.instance().isEmpty())
                .map(
                        one ->
                                List.of(
                                        SyncTerms.daemon(one, IpvsDaemon.Role.MASTER),
                                        SyncTerms.daemon(one, IpvsDaemon.Role.BACKUP)))
                .orElse(List.of());
    }

    /// When timeouts that the kernel refused are tried again.
    MonoTime deadline() {
        return retryAt;
    }

    void onDeadline(MonoTime now) {
        if (!retryAt.isAfter(now)) {
            tryTimeouts(now);
        }
    }

    private void tryTimeouts(MonoTime now) {
        try {
            setTimeouts(now);
        } catch (SyscallException e) {
            fail(now, String.valueOf(e.getMessage()));
        }
    }

    private void fail(MonoTime now, String reason) {
        retryAt = now.plus(LATER);
        if (!complaint.equals(reason)) {
            complaint = reason;
            reporter.log(Level.WARNING, "'lvs_timeouts' has no effect: " + reason);
        }
    }

    private void setTimeouts(MonoTime now) throws SyscallException {
        retryAt = MonoTime.NEVER;
        if (told.isEmpty() && original.isEmpty()) {
            return;
        }
        Optional<IpvsControl> opened = IpvsControl.open(home, !modprobeTried);
        modprobeTried = true;
        if (opened.isEmpty()) {
            fail(now, "this kernel has no IPVS");
            return;
        }
        try (IpvsControl control = opened.get()) {
            if (original.isEmpty()) {
                original = control.timeouts();
            }
            Optional<IpvsTimeouts> next = original.map(before -> with(told, before));
            if (next.isPresent()) {
                Optional<String> refusal = control.setTimeouts(next.get());
                complaint = refusal.isEmpty() ? "" : complaint;
                refusal.ifPresent(no -> fail(now, no));
            }
        }
    }

    private static IpvsTimeouts with(Optional<LvsTimeouts> spec, IpvsTimeouts before) {
        return spec.map(
                        one ->
                                new IpvsTimeouts(
                                        seconds(one.tcp(), before.tcpSeconds()),
                                        seconds(one.tcpFin(), before.tcpFinSeconds()),
                                        seconds(one.udp(), before.udpSeconds())))
                .orElse(before);
    }

    private static int seconds(Duration wanted, int before) {
        return wanted.isZero() ? before : Math.toIntExact(wanted.toSeconds());
    }

    @Override
    public void close() {
        keeper.close();
    }
}
