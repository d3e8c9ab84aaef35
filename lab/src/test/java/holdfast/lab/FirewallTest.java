package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Masters that do not accept packets to their addresses, and the rules that see to it.
@Tag("lab")
class FirewallTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String VIP = "10.0.0.100";
    private static final String VIP6 = "fd00::100";
    private static final String LINK_LOCAL = "fe80::100";

    /// Of both families, and of the kind that means something on its link only.
    private static String text(String globals, String accept) {
        return """
        global_defs {
          vrrp_version 3
          vrrp_garp_master_repeat 1
          vrrp_garp_master_delay 0
          %1$s
        }
        vrrp_instance V1 {
          interface eth0
          virtual_router_id 51
          priority 200
          advert_int 0.1
          %2$s
          virtual_ipaddress {
            10.0.0.100/24 dev eth0
            10.0.0.101/24 dev eth0
          }
        }
        vrrp_instance V2 {
          interface eth0
          virtual_router_id 51
          priority 200
          advert_int 0.1
          %2$s
          virtual_ipaddress {
            fe80::100/64 dev eth0
            fd00::100/64 dev eth0
          }
        }
        """
                .formatted(globals, accept);
    }

    @Test
    void theTablesAreThoseOfKeepalived() {
        String globals = "nftables ours\nnftables_priority -5\nnftables_ifindex\nnftables_counters";
        try (Lab lab = Lab.open()) {
            String theirs = masterRules(lab, Software.KEEPALIVED, text(globals, "no_accept"));
            String ours = masterRules(lab, Software.HOLDFAST, text(globals, "no_accept"));
            assertEquals(theirs, ours);
            assertTrue(ours.contains("vips_link_local"), ours);
        }
    }

    @Test
    void byDefaultTheyTellLinksApartByName() {
        try (Lab lab = Lab.open()) {
            String untracked = "no_accept\ndont_track_primary";
            String theirs = masterRules(lab, Software.KEEPALIVED, text("", untracked));
            String ours = masterRules(lab, Software.HOLDFAST, text("", "no_accept"));
            assertEquals(theirs, ours);
        }
    }

    /// The rules of a master, what is counted left out; they are gone when it has stopped.
    private static String masterRules(Lab lab, Software software, String text) {
        Host host = lab.host(software.name().toLowerCase(Locale.ROOT));
        host.plug(lab.wire(), "eth0", "10.0.0.1/24", "fd00::1/64");
        Daemon daemon = Daemon.start(software, host, text);
        awaitMaster(host, daemon);
        String rules = rules(host).replaceAll("packets [0-9]+ bytes [0-9]+", "counted");
        daemon.stop();
        assertEquals("", rules(host));
        return rules;
    }

    // Conforms: 9568-master-answer, 9568-master-accept, 3768-master-answer, 3768-master-accept
    @Test
    void nobodyTalksToAnAddressThatIsNotAccepted() {
        try (Lab lab = Lab.open()) {
            Wire wire = lab.wire();
            Host a = lab.host("a").plug(wire, "eth0", "10.0.0.1/24", "fd00::1/64");
            Host client = lab.host("c").plug(wire, "eth0", "10.0.0.9/24", "fd00::9/64");
            a.run("nft", "add", "table", "ip", "theirs");
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, text("", "no_accept"));
            awaitMaster(a, daemon);
            assertTrue(answers(client, "10.0.0.1"), "the host's own address");
            for (String address : new String[] {VIP, VIP6, LINK_LOCAL + "%eth0"}) {
                assertFalse(answers(client, address), address);
                // The host is found nevertheless: routers are spoken through and not to.
                String neighbour = address.replace("%eth0", "");
                assertTrue(client.run("ip", "neigh", "show", neighbour).contains("lladdr"));
            }

            daemon.reload(text("", "accept"));
            for (String address : new String[] {VIP, VIP6, LINK_LOCAL + "%eth0"}) {
                Await.until(
                        address + " answers",
                        LIMIT,
                        () -> answers(client, address),
                        () -> rules(a) + daemon.log());
            }
            daemon.reload(text("", "no_accept"));
            Await.until("silence", LIMIT, () -> !answers(client, VIP), daemon::log);
            daemon.stop();
            assertEquals("table ip theirs {\n}\n", rules(a));
        }
    }

    @Test
    void whatAKilledDaemonLeftIsReplacedAndWhatOthersFlushedComesBack() {
        try (Lab lab = Lab.open()) {
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24", "fd00::1/64");
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, text("", "no_accept"));
            awaitMaster(a, daemon);
            String whole = rules(a);
            daemon.kill();
            assertEquals(whole, rules(a));
            a.run("nft", "add", "element", "ip", "keepalived", "vips", "{ 10.0.0.7 }");
            daemon.start();
            Await.until("the same rules", LIMIT, () -> rules(a).equals(whole), () -> rules(a));

            a.run("nft", "flush", "ruleset");
            String more = text("", "no_accept").replace("10.0.0.101", "10.0.0.102");
            daemon.reload(more);
            Await.until(
                    "all rules are back",
                    LIMIT,
                    () -> rules(a).equals(whole.replace("10.0.0.101", "10.0.0.102")),
                    () -> rules(a));
        }
    }

    private static void awaitMaster(Host host, Daemon daemon) {
        for (String address : new String[] {VIP, VIP6, LINK_LOCAL}) {
            Await.until("owns " + address, LIMIT, () -> host.owns(address), daemon::log);
        }
    }

    private static boolean answers(Host client, String address) {
        return client.attempt("busybox", "ping", "-c", "1", "-W", "1", address).succeeded();
    }

    private static String rules(Host host) {
        return host.run("nft", "list", "ruleset");
    }
}
