package holdfast.daemon.vrrp;

import holdfast.config.SyncDaemonSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.daemon.kernel.SyncKeeper;
import holdfast.linux.SyscallException;
import holdfast.netlink.ipvs.IpvsDaemon;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEffect.RoleChanged;
import java.util.List;
import java.util.Optional;

/// Has the sync daemon of IPVS follow the role of a router. Confined to the loop's thread.
final class SyncActuator implements AutoCloseable {

    private final Reporter reporter;
    private final SyncRole role;
    private final SyncKeeper keeper;
    private List<IpvsDaemon> told = List.of();

    /// @param home whose daemons they are
    SyncActuator(Reporter reporter, Optional<SyncDaemonSpec> spec, IpvsHome home) {
        this.reporter = reporter;
        this.role = new SyncRole(spec);
        this.keeper = new SyncKeeper(reporter, home);
    }

    void begin() {
        tell(role.wanted());
    }

    void respecify(Optional<SyncDaemonSpec> next) {
        role.respecify(next);
        tell(role.wanted());
    }

    void on(VrrpEffect fact) {
        if (fact instanceof RoleChanged change) {
            role.on(change);
            tell(role.wanted());
        }
    }

    private void tell(List<IpvsDaemon> wanted) {
        if (wanted.equals(told)) {
            return;
        }
        told = wanted;
        try {
            keeper.want(wanted);
        } catch (SyscallException e) {
            reporter.log(Level.WARNING, "IPVS sync daemon does not work: " + e.getMessage());
        }
    }

    /// Stops the daemon, and waits for it.
    @Override
    public void close() {
        tell(List.of());
        keeper.close();
    }
}
