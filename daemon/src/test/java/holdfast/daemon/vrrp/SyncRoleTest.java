package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.config.SyncDaemonSpec;
import holdfast.netlink.ipvs.IpvsDaemon;
import holdfast.vrrp.Cause;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect.RoleChanged;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncRoleTest {

    @Test
    void theDaemonFollowsItsRouterAndNoOther() {
        SyncRole sync = new SyncRole(spec(Optional.of("VI_1")));
        assertEquals("BACKUP", roles(sync));
        sync.on(change("VI_2", Role.MASTER));
        assertEquals("BACKUP", roles(sync));
        sync.on(change("VI_1", Role.MASTER));
        assertEquals("MASTER", roles(sync));
        sync.on(change("VI_1", Role.FAULT));
        assertEquals("BACKUP", roles(sync));
    }

    @Test
    void aRouterThatIsMasterAlreadyIsFollowedAtOnce() {
        SyncRole sync = new SyncRole(Optional.empty());
        assertEquals("", roles(sync));
        sync.on(change("VI_2", Role.MASTER));
        sync.respecify(spec(Optional.of("VI_2")));
        assertEquals("MASTER", roles(sync));
    }

    @Test
    void aDaemonWithoutARouterIsNotOurs() {
        assertEquals("", roles(new SyncRole(spec(Optional.empty()))));
    }

    private static String roles(SyncRole sync) {
        List<String> roles = sync.wanted().stream().map(IpvsDaemon::role).map(Enum::name).toList();
        return String.join(" ", roles);
    }

    private static RoleChanged change(String instance, Role to) {
        return new RoleChanged(instance, Role.BACKUP, to, Cause.STARTED, 100);
    }

    private static Optional<SyncDaemonSpec> spec(Optional<String> instance) {
        return Optional.of(new SyncDaemonSpec("eth1", instance, 51, 0, 0, 0, Optional.empty()));
    }
}
