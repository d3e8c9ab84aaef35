package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Routers with MAC addresses of their own, beside those of keepalived.
@Tag("lab")
class VmacTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String VIP = "10.0.0.100";
    private static final String LINK_LOCAL = "fe80::100";
    private static final String PARAMETERS =
            "\\.conf\\..*\\.(arp_|accept_local|rp_filter|promote|disable|addr)";
    private static final String VMAC = "00:00:5e:00:01:33";

    private static String text(int priority, String placing) {
        return """
        global_defs {
          vrrp_version 3
        }
        vrrp_instance V1 {
          interface eth0
          %2$s
          virtual_router_id 51
          priority %1$d
          advert_int 0.1
          virtual_ipaddress {
            10.0.0.100/24
          }
        }
        vrrp_instance V6 {
          interface eth0
          %2$s
          virtual_router_id 52
          priority %1$d
          advert_int 0.1
          virtual_ipaddress {
            fe80::100
            fd00::100/64
          }
        }
        """
                .formatted(priority, placing);
    }

    private static Host host(Lab lab, Wire wire, String name, int number) {
        return lab.host(name).plug(wire, "eth0", "10.0.0.%d/24".formatted(number));
    }

    private static void awaitMaster(Daemon daemon) {
        Await.until(
                "it owns both",
                LIMIT,
                () -> daemon.host().owns(VIP) && daemon.host().owns(LINK_LOCAL),
                daemon::log);
    }

    /// The interfaces, their parameters, and what may not leave through them, without numbers and
    /// without what only we keep out: advertisements of the base's own address, and answers of a
    /// VMAC for IPv6 to who asks for an address of IPv4.
    private static String surroundings(Host host) {
        String links =
                host.run("ip", "-o", "-d", "link", "show", "type", "macvlan")
                        .replaceAll("(?m)^[0-9]+: | state (UP|UNKNOWN)", "");
        String addresses =
                host.run("ip", "-o", "address").replaceAll("(?m)^[0-9]+: | tentative", "");
        String parameters =
                host.run("sysctl", "-a", "-r", PARAMETERS)
                        .replaceAll(".*vrrp/52.arp_ignore.*\n", "");
        String rules =
                host.run("nft", "list", "ruleset")
                        .replaceAll("\tset parent_link_local [^}]*}\n\t}\n\n", "")
                        .replaceAll(".*@parent_link_local drop\n", "");
        return String.join("\n", links, addresses, parameters, rules);
    }

    private static String links(Host host) {
        return host.run("ip", "-o", "-d", "link", "show", "type", "macvlan")
                .replaceAll(" state (UP|UNKNOWN)", "");
    }

    @Test
    void aMasterHasTheInterfacesThatKeepalivedHasAndNoneWhenItIsGone() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab, lab.wire(), "a", 1);
            String before = surroundings(a);
            Daemon theirs = Daemon.start(Software.KEEPALIVED, a, text(150, "use_vmac"));
            awaitMaster(theirs);
            String expected = surroundings(a);
            theirs.stop();
            // It leaves the base as it was for its VMACs.
            a.set("net.ipv4.conf.eth0.arp_ignore", "0").set("net.ipv4.conf.eth0.arp_filter", "0");
            assertEquals(before, surroundings(a));

            Daemon ours = Daemon.start(Software.HOLDFAST, a, text(150, "use_vmac"));
            awaitMaster(ours);
            assertEquals(expected, surroundings(a), ours.log());
            ours.stop();
            assertEquals(before, surroundings(a), ours.log());
        }
    }

    @Test
    void whatAKilledDaemonChangedIsPutBackByTheNext() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab, lab.wire(), "a", 1);
            String before = surroundings(a);
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, text(150, "use_vmac"));
            awaitMaster(daemon);
            String made = links(a);
            daemon.kill();
            daemon.start();
            daemon.awaitLog("Startup complete", LIMIT);
            assertEquals(made, links(a), "the same interfaces, with the same numbers");
            awaitMaster(daemon);
            daemon.stop();
            assertEquals(before, surroundings(a), daemon.log());
        }
    }

    @Test
    void aReloadMakesAndRemovesThemAndTouchesNoOther() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab, lab.wire(), "a", 1);
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, text(150, "use_vmac"));
            awaitMaster(daemon);
            Await.until(
                    "the kernel has nothing more to do with its addresses",
                    LIMIT,
                    () -> !a.run("ip", "address").contains("tentative"));
            String made = links(a);
            try (Capture adverts = Capture.start(a, "eth0", "ip proto 112");
                    AddressWatch watch = AddressWatch.start(a)) {
                Instant reloaded = daemon.reload(text(150, "use_vmac\npreempt_delay 5"));
                Await.until(
                        "adverts", LIMIT, () -> adverts.since(reloaded).size() > 10, daemon::log);
                assertEquals(made, links(a));
                assertEquals(List.of(), watch.messages());
            }
            daemon.reload(text(150, ""));
            Await.until("they are gone", LIMIT, () -> !links(a).contains("macvlan"), daemon::log);
            awaitMaster(daemon);
            assertTrue(a.run("ip", "address", "show", "dev", "eth0").contains(VIP));
            daemon.reload(text(150, "use_vmac"));
            Await.until("they are back", LIMIT, () -> links(a).contains("macvlan"), daemon::log);
            awaitMaster(daemon);
            assertFalse(a.run("ip", "address", "show", "dev", "eth0").contains(VIP));
            daemon.stop();
        }
    }

    /// A neighbour that has found the address once need not learn anything at a takeover; and the
    /// hosts' own addresses stay where they are.
    @Test
    void theMacAddressMovesAndTheNeighbourNoticesNothing() {
        try (Lab lab = Lab.open()) {
            Wire wire = lab.wire();
            Host a = host(lab, wire, "a", 1);
            Host client = host(lab, wire, "c", 9);
            Daemon better = Daemon.start(Software.HOLDFAST, a, text(150, "use_vmac"));
            awaitMaster(better);
            Host b = host(lab, wire, "b", 2);
            Daemon other = Daemon.start(Software.HOLDFAST, b, text(100, "use_vmac"));
            other.awaitLog("(V6) Entering BACKUP", LIMIT);
            // Who answers for the first time asks where the client is, from its base.
            assertEquals(mac(a), neighbour(client, "10.0.0.1"));
            assertEquals(mac(b), neighbour(client, "10.0.0.2"));
            assertEquals(mac(a), neighbour(client, linkLocal(a)));
            assertEquals(VMAC, neighbour(client, VIP));
            better.stop();
            awaitMaster(other);
            assertEquals(VMAC, neighbour(client, VIP));
            assertEquals(mac(b), neighbour(client, linkLocal(b)));
            other.stop();
        }
    }

    private static String mac(Host host) {
        return found("link/ether ([0-9a-f:]+)", host.run("ip", "link", "show", "dev", "eth0"));
    }

    private static String linkLocal(Host host) {
        return found("inet6 (fe80[0-9a-f:]+)", host.run("ip", "address", "show", "dev", "eth0"));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    /// Where the client sends what is for this address, after asking anew.
    private static String neighbour(Host client, String address) {
        client.run("ip", "neigh", "flush", "dev", "eth0");
        String target = address.startsWith("fe80") ? address + "%eth0" : address;
        Await.until(
                address + " answers",
                LIMIT,
                () -> client.attempt("busybox", "ping", "-c", "1", "-W", "1", target).succeeded());
        return found("lladdr ([0-9a-f:]+)", client.run("ip", "neigh", "show", address));
    }

    /// Ways in which two routers may live; all must hear each other.
    enum Ways {
        BOTH("use_vmac", "use_vmac"),
        BACKUP_THROUGH_BASE("use_vmac", "use_vmac\nvmac_xmit_base"),
        MASTER_THROUGH_BASE("use_vmac\nvmac_xmit_base", "use_vmac"),
        BOTH_THROUGH_BASE("use_vmac\nvmac_xmit_base", "use_vmac\nvmac_xmit_base"),
        MASTER_ONLY("use_vmac", ""),
        BACKUP_ONLY("", "use_vmac");

        private final String master;
        private final String backup;

        Ways(String master, String backup) {
            this.master = master;
            this.backup = backup;
        }
    }

    /// Keepalived 2.2.7 would not hear a VMAC of the same number through the base.
    @ParameterizedTest
    @EnumSource
    void theyHearEachOtherHoweverTheySpeak(Ways ways) {
        try (Lab lab = Lab.open()) {
            Wire wire = lab.wire();
            Host a = host(lab, wire, "a", 1);
            Host b = host(lab, wire, "b", 2);
            Daemon better = Daemon.start(Software.KEEPALIVED, a, text(150, ways.master));
            awaitMaster(better);
            Daemon other = Daemon.start(Software.HOLDFAST, b, text(100, ways.backup));
            other.awaitLog("(V6) Entering BACKUP", LIMIT);
            try (Capture adverts = Capture.start(b, "eth0", "ip proto 112 and src 10.0.0.1")) {
                // Many times as long as it would take without hearing.
                Await.until("adverts", LIMIT, () -> adverts.packets().size() > 20);
            }
            assertFalse(b.owns(VIP), other.log());
            assertFalse(b.owns(LINK_LOCAL), other.log());
            better.stop();
            awaitMaster(other);
            better.start();
            Await.until(
                    "the better one is master again",
                    LIMIT,
                    () -> a.owns(VIP) && a.owns(LINK_LOCAL) && !b.owns(VIP) && !b.owns(LINK_LOCAL),
                    other::log);
            better.stop();
            other.stop();
        }
    }
}
