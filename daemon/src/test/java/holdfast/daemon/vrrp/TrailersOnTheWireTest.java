package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.Cause;
import holdfast.vrrp.DropReason;
import holdfast.vrrp.Election;
import holdfast.vrrp.Hearing;
import holdfast.vrrp.HmacKey;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Role;
import holdfast.vrrp.Timing;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.VrrpSpecDraft;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Authenticated adverts between two routers with a cable between them, and real clocks.
class TrailersOnTheWireTest {

    private static final Authentication KEY = hmac(1);
    private static final Authentication OTHER_KEY = hmac(2);

    private static Authentication hmac(int secret) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) secret);
        return new Authentication.Hmac(
                List.of(new HmacKey(7, octets)),
                7,
                Authentication.Hmac.Mode.ENFORCE,
                Duration.ofSeconds(30),
                true);
    }

    private static NodeSpec node(Family family, int priority, Authentication authentication) {
        boolean inet = family == Family.INET;
        IpAddress virtual = IpAddress.parse(inet ? "192.0.2.100" : "2001:db8::100").orElseThrow();
        VrrpSpec spec =
                VrrpSpecDraft.plain("VI_1", 51, "eth")
                        .family(family)
                        .transport(Transport.Multicast.usual(family))
                        .election(Election.of(priority))
                        .timing(new Timing(Duration.ofMillis(100), 3))
                        .authentication(authentication)
                        .addresses(List.of(VirtualAddress.plain(IpPrefix.host(virtual), "eth")))
                        .done();
        return new NodeSpec(List.of(spec), List.of(), List.of(), Duration.ZERO);
    }

    private static void cable(Family family, Router one, Router other) throws Exception {
        if (family == Family.INET) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
        } else {
            Router.cable(one, other, "fe80::1/64", "fe80::2/64");
        }
    }

    @ParameterizedTest
    @EnumSource
    void routersWithOneKeyElectAMaster(Family family) throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            cable(family, one, other);
            one.start(node(family, 150, KEY));
            one.awaitRole(Role.MASTER);
            other.start(node(family, 100, KEY));
            other.awaitRole(Role.BACKUP);
            one.awaitAdverts(5);
            InstanceStatus backup = other.status().getFirst();
            assertEquals(Role.BACKUP, backup.role());
            assertTrue(backup.counters().advertsReceived() >= 4, backup.toString());
            assertTrue(one.stop());
            assertEquals(Cause.MASTER_RESIGNED, other.awaitRole(Role.MASTER).cause());
        }
    }

    @Test
    void whoDoesNotKnowTheKeyIsNotBelieved() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            cable(Family.INET, one, other);
            one.start(node(Family.INET, 100, KEY));
            one.awaitRole(Role.MASTER);
            other.start(node(Family.INET, 200, OTHER_KEY));
            other.awaitRole(Role.MASTER);
            other.awaitAdverts(5);
            InstanceStatus master = one.status().getFirst();
            assertEquals(Role.MASTER, master.role());
            assertTrue(master.counters().droppedFor(DropReason.TRAILER_FORGED) >= 4);
        }
    }

    @Test
    void theHostSaysHowLongItHasBeenUp() {
        assertEquals(Duration.ofMillis(12_340), Uptime.read("12.34 99.10\n"));
        Hearing careful = new Hearing(Duration.ofSeconds(1), false);
        Duration uptime = Uptime.ofHost(careful);
        assertTrue(uptime.compareTo(Duration.ZERO) > 0);
        assertEquals(Duration.ZERO, Uptime.ofHost(Hearing.USUAL));
    }
}
