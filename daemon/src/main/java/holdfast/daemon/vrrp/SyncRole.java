package holdfast.daemon.vrrp;

import holdfast.config.SyncDaemonSpec;
import holdfast.daemon.kernel.SyncTerms;
import holdfast.netlink.ipvs.IpvsDaemon;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect.RoleChanged;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which sync daemon there shall be: the master's while the router that it follows is master, else
/// the backup's. Pure.
final class SyncRole {

    private final Set<String> masters = new HashSet<>();
    private Optional<SyncDaemonSpec> spec;

    SyncRole(Optional<SyncDaemonSpec> spec) {
        this.spec = spec;
    }

    void respecify(Optional<SyncDaemonSpec> next) {
        spec = next;
    }

    void on(RoleChanged fact) {
        if (fact.to() == Role.MASTER) {
            masters.add(fact.instance());
        } else {
            masters.remove(fact.instance());
        }
    }

    /// Empty where there is none, and where it follows no router.
    List<IpvsDaemon> wanted() {
        return spec.flatMap(one -> one.instance().map(instance -> daemon(one, instance))).stream()
                .toList();
    }

    private IpvsDaemon daemon(SyncDaemonSpec one, String instance) {
        boolean master = masters.contains(instance);
        return SyncTerms.daemon(one, master ? IpvsDaemon.Role.MASTER : IpvsDaemon.Role.BACKUP);
    }
}
