package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Virtual services on the packet filter of this kernel, with real connections.
@Tag("lab")
class NftablesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SERVICE = "10.0.0.11";
    private static final String GLOBAL = "global_defs {\n  lvs_backend nftables\n}\n";

    @Test
    void connectionsAreSpreadAndADeadServerIsLeftOut() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            Daemon daemon = start(director);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1", "rs2"));

            Web.kill(director.webs.get(1));
            Instant killed = Instant.now();
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1"));
            Duration took = Duration.between(killed, Instant.now());
            assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, "left out after " + took);

            Web.start(director.servers.get(1), "0.0.0.0", 80);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1", "rs2"));
            daemon.stop();
            assertEquals("", Web.ask(director.client, SERVICE));
            assertFalse(director.rules().contains("10.0.1."), director.rules());
        }
    }

    @Test
    void aReloadWithoutAChangeLeavesTheRulesAlone() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            Daemon daemon = start(director);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1", "rs2"));
            String before = director.rules();
            daemon.hangUp();
            for (int count = 0; count < 20; count++) {
                assertFalse(Web.ask(director.client, SERVICE).isEmpty(), "request " + count);
            }
            assertEquals(before, director.rules());
        }
    }

    @Test
    void aReloadPutsBackWhatSomebodyFlushed() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            Daemon daemon = start(director);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1"));
            director.lb.run("nft", "flush", "ruleset");
            daemon.hangUp();
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1"));
        }
    }

    @Test
    void aFirewallMarkIsAService() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            Host lb = director.lb;
            lb.run("nft", "add", "table", "ip", "theirs");
            lb.run(
                    "nft",
                    "add chain ip theirs pre { type filter hook prerouting priority mangle; }");
            lb.run(
                    "nft",
                    "add rule ip theirs pre ip daddr %s tcp dport 80 meta mark set 7"
                            .formatted(SERVICE));
            String text =
                    GLOBAL
                            + Director.service(SERVICE, "NAT", "10.0.1", 2)
                                    .replace(SERVICE + " 80", "fwmark 7")
                                    .replace("protocol TCP", "")
                                    .replace("lb_algo rr", "lb_algo wlc");
            Daemon daemon = Daemon.start(Software.HOLDFAST, lb, text);
            daemon.awaitLog("is an approximation", LIMIT);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1", "rs2"));
            Web.kill(director.webs.getFirst());
            director.awaitAnswers(daemon, SERVICE, Set.of("rs2"));
        }
    }

    @Test
    void aServerWithLongConnectionsGetsFewerNewOnes() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            Web.kill(director.webs.getFirst());
            String text =
                    Director.service(SERVICE, "NAT", "10.0.1", 2)
                            .replace("lb_algo rr", "lb_algo wlc");
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, GLOBAL + text);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs2"));
            String hold =
                    """
                    import socket, time
                    held = [socket.create_connection(("%s", 80)) for n in range(12)]
                    time.sleep(600)
                    """
                            .formatted(SERVICE);
            Process held =
                    director.client.start("held.log", List.of("/usr/bin/python3", "-c", hold));
            Await.until(
                    "connections are held", LIMIT, () -> connections(director) >= 12, daemon::log);
            Web.start(director.servers.getFirst(), "0.0.0.0", 80);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1"));
            Web.kill(held);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1", "rs2"));
        }
    }

    /// A server in the client's own network answers it directly, which means nothing to the client.
    @Test
    void repliesThatWouldMissTheDirectorComeBackToIt() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            String[] rule = "ip rule del from 10.0.1.0/24 lookup 7".split(" ");
            director.servers.getFirst().run(rule);
            Daemon daemon = start(director);
            daemon.awaitLog("succeeded", LIMIT);
            assertEquals("", Web.ask(director.client, SERVICE));
            daemon.reload(
                    GLOBAL
                            + Director.service(SERVICE, "NAT", "10.0.1", 1)
                                    .replace("lb_kind NAT", "lb_kind NAT\n  masquerade"));
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1"));
        }
    }

    /// Those that the second server has accepted.
    private static long connections(Director director) {
        return director.servers.get(1).run("ss", "-Htn", "state", "established").lines().count();
    }

    @Test
    void otherPeoplesRulesStay() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            director.lb.run("nft", "add", "table", "ip", "theirs");
            Daemon daemon = start(director);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1"));
            daemon.stop();
            assertEquals("table ip theirs {\n}\n", director.rules());
        }
    }

    private static Daemon start(Director director) {
        return Daemon.start(
                Software.HOLDFAST,
                director.lb,
                GLOBAL + Director.service(SERVICE, "NAT", "10.0.1", director.servers.size()));
    }
}
