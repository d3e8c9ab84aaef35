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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What IPVS is told beside services: its timeouts, and the sync daemons that follow no router.
/// Confined to the role's thread.
final class IpvsSettings implements AutoCloseable {

    private final Reporter reporter;
    private final IpvsHome home;
    private final SyncKeeper keeper;
    private Optional<LvsTimeouts> told = Optional.empty();

    /// What the kernel had before us.
    private Optional<IpvsTimeouts> original = Optional.empty();

    IpvsSettings(Reporter reporter, IpvsHome home) {
        this.reporter = reporter;
        this.home = home;
        this.keeper = new SyncKeeper(reporter, home);
    }

    /// Says what is now to be; what is the same is not touched.
    void apply(GlobalSpec global) {
        try {
            keeper.want(daemons(global.syncDaemon()));
            if (!told.equals(global.lvsTimeouts())) {
                told = global.lvsTimeouts();
                setTimeouts();
            }
        } catch (SyscallException e) {
            reporter.log(Level.WARNING, "IPVS settings do not work: " + e.getMessage());
        }
    }

    /// Puts back what was there before, and stops the daemons.
    void withdraw() {
        try {
            keeper.want(List.of());
            told = Optional.empty();
            setTimeouts();
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

    private void setTimeouts() throws SyscallException {
        if (told.isEmpty() && original.isEmpty()) {
            return;
        }
        Optional<IpvsControl> opened = IpvsControl.open(home, true);
        if (opened.isEmpty()) {
            reporter.log(Level.WARNING, "'lvs_timeouts' has no effect: this kernel has no IPVS");
            return;
        }
        try (IpvsControl control = opened.get()) {
            if (original.isEmpty()) {
                original = control.timeouts();
            }
            Optional<IpvsTimeouts> next = original.map(before -> with(told, before));
            if (next.isPresent()) {
                control.setTimeouts(next.get())
                        .ifPresent(
                                no ->
                                        reporter.log(
                                                Level.WARNING,
                                                "'lvs_timeouts' is refused by the kernel: " + no));
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
