package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.daemon.RoleMessage;
import holdfast.linux.Permissions;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.Cause;
import holdfast.vrrp.Election;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Role;
import holdfast.vrrp.Timing;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.VrrpSpecDraft;
import holdfast.vrrp.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole roles on real interfaces: two hosts and a cable, all of them in this process.
class VrrpRoleTest {

    private static final String VIP = "192.0.2.100/24";
    private static final Transport MULTICAST4 = new Transport.Multicast(address("224.0.0.18"));
    private static final Transport MULTICAST6 = new Transport.Multicast(address("ff02::12"));
    private static final Tracking.Item GOOD = new Tracking.Item("good", Weight.FAULT);

    // Conforms: 9568-master-shutdown, 9568-master-answer, 9568-backup-mute
    @Test
    void theStrongerRouterIsMasterAndHasTheAddress() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(inet(150, VIP)));
            one.awaitRole(Role.MASTER);
            other.start(node(inet(100, VIP)));
            other.awaitRole(Role.BACKUP);
            assertTrue(one.has(VIP));
            one.awaitAdverts(5);
            assertFalse(other.has(VIP));
            assertEquals(Role.BACKUP, other.status().getFirst().role());
            assertEquals(
                    Optional.of(new InstanceStatus.Master(address("192.0.2.1"), 150)),
                    other.status().getFirst().master());

            assertTrue(one.stop());
            assertEquals(Cause.MASTER_RESIGNED, other.awaitRole(Role.MASTER).cause());
            assertFalse(one.has(VIP));
            assertTrue(other.has(VIP));
        }
    }

    // Conforms: 9568-neighbour, 9568-backup-timer, 9568-arp
    @Test
    void aNewMasterTellsItsNeighboursWhereTheAddressIsNow() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.ip("addr add fe80::1/64 dev eth nodad");
            other.believe("192.0.2.100", "02:00:00:00:00:01");
            other.believe("fe80::100", "02:00:00:00:00:01");
            VrrpSpec inet = inet(150, VIP);
            VrrpSpec inet6 = inet6(150, "fe80::100/64");
            one.start(new NodeSpec(List.of(inet, inet6), List.of(), List.of(), Duration.ZERO));
            one.awaitRole(Role.MASTER);
            one.awaitRole(Role.MASTER);
            String mac = one.mac();
            while (!other.believes("192.0.2.100", mac) || !other.believes("fe80::100", mac)) {
                one.awaitAdverts(1);
            }
        }
    }

    @Test
    void whenTheMasterCrashesTheOtherTakesOverAndTheLeftoverIsRemovedAtItsReturn()
            throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            other.start(node(inet(100, VIP)));
            one.start(node(inet(150, VIP)));
            one.awaitRole(Role.MASTER);
            assertTrue(one.has(VIP));
            other.facts.clear();
            one.crash();
            assertTrue(one.has(VIP));
            assertEquals(Cause.MASTER_SILENT, other.awaitRole(Role.MASTER).cause());
            assertTrue(other.has(VIP));

            one.facts.clear();
            one.start(node(noPreempt(inet(150, VIP))));
            one.awaitLine("Removes 192.0.2.100/24 from eth");
            one.awaitRole(Role.BACKUP);
            assertFalse(one.has(VIP));
        }
    }

    @Test
    void aStalledBackupHearsItsMasterBeforeItMayTakeOver() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            other.start(node(inet(150, VIP)));
            other.awaitRole(Role.MASTER);
            one.start(node(inet(100, VIP)));
            one.awaitRole(Role.BACKUP);
            CountDownLatch stall = new CountDownLatch(1);
            one.tell(new RoleMessage.VrrpStatus(_ -> await(stall)));
            other.awaitAdverts(10); // the master-down timer is long over by then
            stall.countDown();
            one.status();
            other.awaitAdverts(2);
            assertEquals(Role.BACKUP, one.status().getFirst().role());
            assertTrue(one.facts.stream().noneMatch(VrrpRoleTest::isMaster), one.facts.toString());
        }
    }

    @Test
    void ipv6RoutersElectAMasterThroughLinkLocalAddresses() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "fe80::1/64", "fe80::2/64");
            VrrpSpec weak = inet6(100, "2001:db8::100/64");
            one.start(node(inet6(150, "2001:db8::100/64")));
            one.awaitRole(Role.MASTER);
            other.start(node(weak));
            other.awaitRole(Role.BACKUP);
            assertTrue(one.has("2001:db8::100/64"));
            assertTrue(one.stop());
            other.awaitRole(Role.MASTER);
            assertTrue(other.has("2001:db8::100/64"));
        }
    }

    @Test
    void unicastRoutersHearEachOtherWithoutAGroup() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(unicast(150, "192.0.2.1", "192.0.2.2")));
            one.awaitRole(Role.MASTER);
            other.start(node(unicast(100, "192.0.2.2", "192.0.2.1")));
            other.awaitRole(Role.BACKUP);
            one.awaitAdverts(5);
            assertEquals(Role.BACKUP, other.status().getFirst().role());
            assertTrue(one.stop());
            assertEquals(Cause.MASTER_RESIGNED, other.awaitRole(Role.MASTER).cause());
        }
    }

    @Test
    void anInterfaceThatGoesAndComesBackIsFollowed() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            one.start(node(inet(150, VIP)));
            one.awaitRole(Role.FAULT);
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.awaitRole(Role.MASTER);
            one.ip("link set eth down");
            one.awaitRole(Role.FAULT);
            one.ip("link set eth up");
            one.awaitRole(Role.MASTER);
            one.ip("link del eth");
            one.awaitRole(Role.FAULT);
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.awaitRole(Role.MASTER);
            assertTrue(one.has(VIP));
            other.start(node(inet(100, VIP)));
            other.awaitRole(Role.BACKUP);
            one.awaitAdverts(5);
            assertEquals(Role.BACKUP, other.status().getFirst().role());
        }
    }

    @Test
    void anAddressThatSomebodyElseRemovesMakesTheMasterStepBack() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(inet(150, VIP)));
            one.awaitRole(Role.MASTER);
            one.ip("addr del " + VIP + " dev eth");
            assertEquals(Cause.ADDRESS_TAKEN_AWAY, one.awaitRole(Role.BACKUP).cause());
            one.awaitRole(Role.MASTER);
            assertTrue(one.has(VIP));
        }
    }

    @Test
    void whenNoticesWereLostTheLinksAreListedAgain() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(inet(150, VIP)));
            one.awaitRole(Role.MASTER);
            CountDownLatch stall = new CountDownLatch(1);
            one.tell(new RoleMessage.VrrpStatus(_ -> await(stall)));
            one.churn(3000);
            stall.countDown();
            one.awaitLine("Lists all links again");
            one.status();
            assertTrue(one.facts.isEmpty(), one.facts.toString());

            CountDownLatch again = new CountDownLatch(1);
            one.tell(new RoleMessage.VrrpStatus(_ -> await(again)));
            one.churn(3000);
            one.ip("addr del " + VIP + " dev eth");
            again.countDown();
            assertEquals(Cause.ADDRESS_TAKEN_AWAY, one.awaitRole(Role.BACKUP).cause());
        }
    }

    @Test
    void anAddressOnAnInterfaceThatComesLaterIsPutThereThen() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(withAddressOn("later", inet(150, VIP))));
            one.awaitRole(Role.MASTER);
            one.awaitLine("Cannot add address 192.0.2.100/24 on later: there is no such interface");
            one.ip("link add later type veth peer name spare");
            while (!one.ip("-br addr show dev later").contains(VIP)) {
                one.status();
            }
            assertTrue(one.stop());
            assertFalse(one.ip("-br addr show dev later").contains(VIP));
        }
    }

    @Test
    void aReloadTouchesOnlyWhatChanged() throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            one.start(node(inet(150, VIP)));
            one.awaitRole(Role.MASTER);
            one.respecify(node(inet(150, "192.0.2.101/24")));
            one.status();
            assertFalse(one.has(VIP));
            assertTrue(one.has("192.0.2.101/24"));
            one.respecify(NodeSpec.EMPTY);
            one.awaitRole(Role.DELETED);
            one.status();
            assertFalse(one.has("192.0.2.101/24"));
        }
    }

    @Test
    void aScriptThatFailsAndOneThatHangsAreFaults(@TempDir Path directory) throws Exception {
        try (Router one = new Router();
                Router other = new Router()) {
            Router.cable(one, other, "192.0.2.1/24", "192.0.2.2/24");
            Permissions.mode(directory, 0755); // the script is run as nobody
            Path flag = directory.resolve("flag");
            String command = "test -e " + flag + " || exec sleep 100 & wait $!";
            one.start(tracked(command));
            one.awaitRole(Role.FAULT);
            one.awaitLine("Script good takes too long");
            Files.createFile(flag);
            one.awaitRole(Role.MASTER);
            Files.delete(flag);
            one.awaitRole(Role.FAULT);
        }
    }

    private static boolean isMaster(VrrpEffect fact) {
        return fact instanceof VrrpEffect.RoleChanged change && change.to() == Role.MASTER;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static NodeSpec node(VrrpSpec spec) {
        return new NodeSpec(List.of(spec), List.of(), List.of(), Duration.ZERO);
    }

    private static NodeSpec tracked(String command) {
        ScriptSpec script =
                new ScriptSpec(
                        List.of("/bin/sh", "-c", command), new Identity("nobody", 65534, 65534));
        TrackScriptSpec good =
                new TrackScriptSpec(
                        "good",
                        script,
                        Duration.ofMillis(300),
                        Duration.ofMillis(200),
                        1,
                        1,
                        false);
        Tracking tracking = new Tracking(true, List.of(), List.of(GOOD));
        VrrpSpec plain = inet(150, VIP);
        VrrpSpec spec =
                spec(
                        plain.family(),
                        plain.transport(),
                        Optional.empty(),
                        plain.election(),
                        VIP,
                        tracking);
        return new NodeSpec(List.of(spec), List.of(), List.of(good), Duration.ZERO);
    }

    private static VrrpSpec inet(int priority, String vip) {
        return spec(
                Family.INET,
                MULTICAST4,
                Optional.empty(),
                Election.of(priority),
                vip,
                Tracking.PRIMARY);
    }

    private static VrrpSpec inet6(int priority, String vip) {
        return spec(
                Family.INET6,
                MULTICAST6,
                Optional.empty(),
                Election.of(priority),
                vip,
                Tracking.PRIMARY);
    }

    private static VrrpSpec unicast(int priority, String source, String peer) {
        Transport transport =
                new Transport.Unicast(List.of(new Transport.Peer(address(peer), 0, 255)), 64, true);
        return spec(
                Family.INET,
                transport,
                Optional.of(address(source)),
                Election.of(priority),
                VIP,
                Tracking.PRIMARY);
    }

    private static VrrpSpec withAddressOn(String interfaceName, VrrpSpec spec) {
        return spec.draft()
                .addresses(List.of(VirtualAddress.plain(prefix(VIP), interfaceName)))
                .done();
    }

    private static VrrpSpec noPreempt(VrrpSpec spec) {
        Election election =
                new Election(
                        spec.election().priority(),
                        false,
                        false,
                        Duration.ZERO,
                        false,
                        false,
                        false);
        return spec(spec.family(), spec.transport(), spec.source(), election, VIP, spec.tracking());
    }

    private static VrrpSpec spec(
            Family family,
            Transport transport,
            Optional<IpAddress> source,
            Election election,
            String vip,
            Tracking tracking) {
        return VrrpSpecDraft.plain(family == Family.INET ? "VI_1" : "VI_6", 51, "eth")
                .family(family)
                .transport(transport)
                .source(source)
                .election(election)
                .timing(new Timing(Duration.ofMillis(100), 3))
                .addresses(List.of(VirtualAddress.plain(prefix(vip), "eth")))
                .tracking(tracking)
                .done();
    }

    private static IpPrefix prefix(String text) {
        String[] words = text.split("/");
        return new IpPrefix(address(words[0]), Integer.parseInt(words[1]));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
