package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.vrrp.Cause;
import holdfast.vrrp.Election;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Place;
import holdfast.vrrp.Role;
import holdfast.vrrp.Timing;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.VrrpSpecDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Virtual routers with MAC addresses of their own, on real interfaces.
class VirtualLinksTest {

    private static final String VIP = "192.0.2.100/24";
    private static final String VIP6 = "2001:db8::100/64";

    @Test
    void aVmacIsThereWhileTheRoleRunsAndHasTheAddressOfAMaster() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(inet(150)));
            one.awaitRole(Role.BACKUP);
            String link = one.ip("-d link show vrrp.51");
            assertTrue(link.contains("00:00:5e:00:01:33"), link);
            assertTrue(link.contains("macvlan mode private"), link);
            assertTrue(link.contains(",UP"), link);
            assertEquals("1", one.setting("ipv4/conf/vrrp.51/arp_ignore"));
            assertEquals("1", one.setting("ipv4/conf/vrrp.51/accept_local"));
            assertEquals("1", one.setting("ipv6/conf/vrrp.51/disable_ipv6"));
            one.awaitRole(Role.MASTER);
            assertTrue(one.ip("-br addr show dev vrrp.51").contains(VIP));
            other.start(node(inet(100)));
            other.awaitRole(Role.BACKUP);
            one.awaitAdverts(5);
            assertEquals(ip("192.0.2.1"), masterOf(other));

            assertTrue(one.stop());
            assertEquals(Cause.MASTER_RESIGNED, other.awaitRole(Role.MASTER).cause());
            assertFalse(one.ip("-br link").contains("vrrp.51"));
            assertTrue(other.ip("-br addr show dev vrrp.51").contains(VIP));
        }
    }

    @Test
    void groupsOfTheLinkGoUnreportedWhileTheRoleRuns() throws Exception {
        String reports = "ipv4/igmp_link_local_mcast_reports";
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            assertEquals("1", one.setting(reports));
            one.quietGroups = true;
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            assertEquals("0", one.setting(reports));
            assertTrue(one.stop());
            assertEquals("1", one.setting(reports));
        }
    }

    /// The neighbour need not even hear of the takeover: the MAC address stays the same.
    @Test
    void theVirtualMacAnswersForTheAddress() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            other.ip("neigh flush dev eth");
            other.find("192.0.2.100", "00:00:5e:00:01:33");
            other.find("192.0.2.1", one.mac());
        }
    }

    @Test
    void ipv6AdvertsComeFromTheLinkLocalAddressOfTheBase() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "fe80::1/64", "fe80::2/64");
            one.start(node(inet6(150, false)));
            one.awaitRole(Role.MASTER);
            other.start(node(inet6(100, false)));
            other.awaitRole(Role.BACKUP);
            one.awaitAdverts(5);
            assertEquals(ip("fe80::1"), masterOf(other));
            String addresses = one.ip("addr show dev vrrp6.51");
            assertTrue(addresses.contains(VIP6), addresses);
            assertTrue(addresses.contains("fe80::1/64 scope link nodad deprecated"), addresses);
            assertTrue(one.stop());
            other.awaitRole(Role.MASTER);
        }
    }

    @Test
    void advertsMayLeaveThroughTheBase() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "fe80::1/64", "fe80::2/64");
            one.start(node(inet6(150, true)));
            one.awaitRole(Role.MASTER);
            other.start(node(inet6(100, true)));
            other.awaitRole(Role.BACKUP);
            one.awaitAdverts(5);
            assertEquals(Role.BACKUP, other.status().getFirst().role());
            assertFalse(one.ip("addr show dev vrrp6.51").contains("fe80::1/64"));
        }
    }

    @Test
    void theBaseMayVanishAndReturnOrBeRenamed() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            one.start(node(inet(150)));
            one.awaitRole(Role.FAULT);
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.awaitRole(Role.MASTER);
            one.ip("link del eth");
            one.awaitRole(Role.FAULT);
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.awaitRole(Role.MASTER);
            assertTrue(one.ip("-br addr show dev vrrp.51").contains(VIP));

            one.ip("link set eth down");
            one.awaitRole(Role.FAULT);
            one.ip("link set eth name eth7");
            one.await("vrrp.51 is gone", () -> !one.ip("-br link").contains("vrrp.51"));
            one.await(
                    "arp_ignore is as it was",
                    () -> one.setting("ipv4/conf/eth7/arp_ignore").equals("0"));
            one.ip("link set eth7 name eth");
            one.ip("link set eth up");
            one.awaitRole(Role.MASTER);
            one.await(
                    "arp_ignore is set again",
                    () -> one.setting("ipv4/conf/eth/arp_ignore").equals("1"));
        }
    }

    @Test
    void aVmacThatSomebodyRemovesIsMadeAgain() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            one.ip("link del vrrp.51");
            one.awaitRole(Role.MASTER);
            assertTrue(one.ip("-br addr show dev vrrp.51").contains(VIP));
        }
    }

    @Test
    void whatIsRightIsAdoptedWhatIsWrongIsMadeAnewAndWhatIsAnothersStays() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            String add = "link add link eth name vrrp.51 address %s type macvlan mode private";
            one.ip(add.formatted("00:00:5e:00:01:33"));
            String number = one.ip("-o link show vrrp.51").split(":")[0];
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            assertEquals(number, one.ip("-o link show vrrp.51").split(":")[0]);
            assertTrue(one.stop());

            one.ip(add.formatted("02:00:00:00:00:01"));
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            assertTrue(one.ip("link show vrrp.51").contains("00:00:5e:00:01:33"));
            assertTrue(one.stop());

            one.ip("link add vrrp.51 type bridge");
            one.start(node(inet(150)));
            one.awaitLine("vrrp.51 cannot be made: there is another interface of this name");
            one.ip("link del vrrp.51");
            one.awaitRole(Role.MASTER);
        }
    }

    @Test
    void parametersAreBackAtTheEnd() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.set("ipv4/conf/all/rp_filter", "2");
            one.set("ipv4/conf/eth/rp_filter", "1");
            one.set("ipv4/conf/lo/rp_filter", "0");
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            assertEquals("0", one.setting("ipv4/conf/all/rp_filter"));
            assertEquals("2", one.setting("ipv4/conf/eth/rp_filter"));
            assertEquals("2", one.setting("ipv4/conf/lo/rp_filter"));
            assertEquals("0", one.setting("ipv4/conf/vrrp.51/rp_filter"));
            assertEquals("1", one.setting("ipv4/conf/eth/arp_filter"));
            one.set("ipv4/conf/lo/rp_filter", "1"); // which is now the administrator's
            assertTrue(one.stop());
            assertEquals("2", one.setting("ipv4/conf/all/rp_filter"));
            assertEquals("1", one.setting("ipv4/conf/eth/rp_filter"));
            assertEquals("1", one.setting("ipv4/conf/lo/rp_filter"));
            assertEquals("0", one.setting("ipv4/conf/eth/arp_ignore"));
            assertEquals("0", one.setting("ipv4/conf/eth/arp_filter"));
            assertEquals(List.of(), notes(one));
        }
    }

    @Test
    void theSuccessorOfACrashUndoesAllOfIt() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.set("ipv4/conf/all/rp_filter", "1");
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            String number = one.ip("-o link show vrrp.51").split(":")[0];
            one.crash();
            assertEquals(1, notes(one).size());
            assertTrue(one.ip("-br addr show dev vrrp.51").contains(VIP));
            one.facts.clear();
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            assertEquals(number, one.ip("-o link show vrrp.51").split(":")[0]);
            one.crash();
            one.facts.clear();
            one.start(NodeSpec.EMPTY);
            one.await("vrrp.51 is gone", () -> !one.ip("-br link").contains("vrrp.51"));
            assertTrue(one.stop());
            assertEquals("1", one.setting("ipv4/conf/all/rp_filter"));
            assertEquals("0", one.setting("ipv4/conf/eth/arp_ignore"));
            assertEquals(List.of(), notes(one));
        }
    }

    @Test
    void aReloadKeepsWhatStaysAndRemovesWhatGoes() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            other.start(node(plain(100)));
            other.awaitRole(Role.MASTER);
            one.start(node(inet(150)));
            one.awaitRole(Role.MASTER);
            String number = one.ip("-o link show vrrp.51").split(":")[0];
            VrrpSpec second =
                    spec(
                            Family.INET,
                            52,
                            "192.0.2.152/24",
                            place("vrrp.52", Family.INET, 52, false),
                            150);
            one.respecify(node(inet(151), second));
            one.awaitRole(Role.MASTER);
            assertEquals(number, one.ip("-o link show vrrp.51").split(":")[0]);
            other.facts.clear();
            one.respecify(node(second));
            one.awaitRole(Role.DELETED);
            assertEquals(Cause.MASTER_RESIGNED, other.awaitRole(Role.MASTER).cause());
            one.status();
            assertFalse(one.ip("-br link").contains("vrrp.51"));
            assertTrue(one.ip("-br link").contains("vrrp.52"));
        }
    }

    private static List<Path> notes(Router router) throws Exception {
        try (var files = Files.list(router.notes)) {
            return files.toList();
        }
    }

    private static NodeSpec node(VrrpSpec... specs) {
        return new NodeSpec(List.of(specs), List.of(), List.of(), Duration.ZERO);
    }

    private static VrrpSpec inet(int priority) {
        return spec(Family.INET, 51, VIP, place("vrrp.51", Family.INET, 51, false), priority);
    }

    private static VrrpSpec plain(int priority) {
        return spec(Family.INET, 51, VIP, Place.on("eth"), priority);
    }

    private static VrrpSpec inet6(int priority, boolean throughBase) {
        return spec(
                Family.INET6, 51, VIP6, place("vrrp6.51", Family.INET6, 51, throughBase), priority);
    }

    private static Place place(String name, Family family, int vrid, boolean throughBase) {
        VirtualLink link =
                new VirtualLink(
                        name,
                        "eth",
                        family,
                        new VirtualLink.Kind.Vmac(VirtualLink.routerMac(family, vrid)),
                        Optional.empty(),
                        false);
        return new Place(
                Optional.of("eth"), Optional.of(link), throughBase, List.of(), Optional.empty());
    }

    private static VrrpSpec spec(Family family, int vrid, String vip, Place place, int priority) {
        String[] parts = vip.split("/");
        IpPrefix prefix = new IpPrefix(ip(parts[0]), Integer.parseInt(parts[1]));
        String home = place.own().map(VirtualLink::name).orElse("eth");
        return VrrpSpecDraft.plain("VI_" + vrid, vrid, "eth")
                .family(family)
                .place(place)
                .transport(Transport.Multicast.usual(family))
                .election(Election.of(priority))
                .timing(new Timing(Duration.ofMillis(100), 3))
                .addresses(List.of(VirtualAddress.plain(prefix, home)))
                .done();
    }

    private static IpAddress masterOf(Router router) throws Exception {
        return router.status().getFirst().master().orElseThrow().address();
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
