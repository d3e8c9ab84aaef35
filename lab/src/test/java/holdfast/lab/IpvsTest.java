package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Virtual services of a real kernel: what is in it, and who answers through it.
@Tag("ipvs")
class IpvsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void requestsReachTheServersByTranslationAndByDirectRouting() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            String text =
                    Director.service("10.0.0.10", "DR", "10.0.0", 2)
                            + Director.service("10.0.0.11", "NAT", "10.0.1", 2);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            awaitPlane(
                    director,
                    daemon,
                    List.of(
                            "-A -t 10.0.0.10:80 -s rr",
                            "-A -t 10.0.0.11:80 -s rr",
                            "-a -t 10.0.0.10:80 -r 10.0.0.1:80 -g -w 1",
                            "-a -t 10.0.0.10:80 -r 10.0.0.2:80 -g -w 1",
                            "-a -t 10.0.0.11:80 -r 10.0.1.1:80 -m -w 1",
                            "-a -t 10.0.0.11:80 -r 10.0.1.2:80 -m -w 1"));
            assertEquals(Set.of("rs1", "rs2"), answers(director, "10.0.0.10"));
            assertEquals(Set.of("rs1", "rs2"), answers(director, "10.0.0.11"));
            daemon.stop();
            assertEquals(List.of(), Director.plane(director.lb), "left in the kernel");
        }
    }

    @Test
    void aDeadServerLeavesAndReturns() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            Daemon daemon =
                    Daemon.start(
                            Software.HOLDFAST,
                            director.lb,
                            Director.service("10.0.0.11", "NAT", "10.0.1", 2));
            String service = "-A -t 10.0.0.11:80 -s rr";
            String first = "-a -t 10.0.0.11:80 -r 10.0.1.1:80 -m -w 1";
            String second = "-a -t 10.0.0.11:80 -r 10.0.1.2:80 -m -w 1";
            awaitPlane(director, daemon, List.of(service, first, second));

            Web.kill(director.webs.get(1));
            awaitPlane(director, daemon, List.of(service, first));
            assertEquals(Set.of("rs1"), answers(director, "10.0.0.11"));

            Web.start(director.servers.get(1), "0.0.0.0", 80);
            awaitPlane(director, daemon, List.of(service, first, second));
            assertEquals(Set.of("rs1", "rs2"), answers(director, "10.0.0.11"));
        }
    }

    @Test
    void aReloadChangesOnlyWhatChangedInTheText() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            String text = Director.service("10.0.0.11", "NAT", "10.0.1", 2);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            String service = "-A -t 10.0.0.11:80 -s rr";
            String first = "-a -t 10.0.0.11:80 -r 10.0.1.1:80 -m -w 1";
            awaitPlane(
                    director,
                    daemon,
                    List.of(service, first, "-a -t 10.0.0.11:80 -r 10.0.1.2:80 -m -w 1"));
            answers(director, "10.0.0.11");
            List<String> connections = connections(director);

            int second = text.lastIndexOf("weight 1");
            daemon.reload(text.substring(0, second) + "weight 5" + text.substring(second + 8));
            awaitPlane(
                    director,
                    daemon,
                    List.of(service, first, "-a -t 10.0.0.11:80 -r 10.0.1.2:80 -m -w 5"));
            assertEquals(connections, connections(director), "connections known to the kernel");
        }
    }

    @Test
    void theKernelHoldsWhatAnotherDirectorWouldPutThere() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            String text =
                    Director.service("10.0.0.10", "DR", "10.0.0", 2)
                            + Director.service("10.0.0.11", "NAT", "10.0.1", 2)
                                    .replace("lb_algo rr", "lb_algo wlc\n  persistence_timeout 300")
                            + Director.service("10.0.0.12", "TUN", "10.0.0", 2)
                                    .replace("lb_algo rr", "lb_algo sh");
            List<String> reference = planeOf(Software.KEEPALIVED, director, text);
            assertEquals(9, reference.size(), reference.toString());
            assertEquals(reference, planeOf(Software.HOLDFAST, director, text));
        }
    }

    @Test
    void whatSomebodyTakesAwayIsPutBack() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            String text = Director.service("10.0.0.11", "NAT", "10.0.1", 1);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            String service = "-A -t 10.0.0.11:80 -s rr";
            List<String> whole = List.of(service, "-a -t 10.0.0.11:80 -r 10.0.1.1:80 -m -w 1");
            awaitPlane(director, daemon, whole);
            director.lb.run("ipvsadm", "-C");
            Await.until(
                    "it is put back by itself",
                    Duration.ofSeconds(40),
                    () -> Director.plane(director.lb).equals(whole),
                    daemon::log);

            director.lb.run("ipvsadm", "-A", "-t", "10.0.0.12:80", "-s", "wlc");
            String[] row = {"-t", "10.0.0.11:80", "-r", "10.0.1.1:80", "-m", "-w", "7"};
            director.lb.run(concat("ipvsadm", "-e", row));
            daemon.hangUp();
            List<String> both = new ArrayList<>(whole);
            both.add("-A -t 10.0.0.12:80 -s wlc");
            List<String> sorted = both.stream().sorted().toList();
            Await.until(
                    "a row is put back with the round after a reload",
                    Duration.ofSeconds(40),
                    () -> Director.plane(director.lb).equals(sorted),
                    daemon::log);
        }
    }

    /// Where IPVS cannot be reached at first, the timeouts are set as soon as it can be.
    @Test
    void timeoutsAreTriedAgainUntilTheyAreSet() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            Host elsewhere = lab.host("elsewhere");
            Path place = Path.of("/run/netns", elsewhere.namespace());
            Path link = Path.of("/run/netns", elsewhere.namespace() + "-later");
            String text =
                    """
                    net_namespace_ipvs %s
                    global_defs {
                      lvs_backend nftables
                      lvs_timeouts tcp 777
                    }
                    """
                                    .formatted(link.getFileName())
                            + Director.service("10.0.0.11", "NAT", "10.0.1", 1);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            daemon.awaitLog("'lvs_timeouts' has no effect", LIMIT);
            try {
                Files.createSymbolicLink(link, place);
                Await.until(
                        "the timeouts are set",
                        Duration.ofSeconds(60),
                        () -> elsewhere.run("ipvsadm", "-L", "--timeout").contains(": 777 "),
                        daemon::log);
                daemon.stop();
                assertTrue(elsewhere.run("ipvsadm", "-L", "--timeout").contains(": 900 "));
                Files.delete(link);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aReloadLeavesMarksAndConnectionsToGroupsThatHaveThem() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            String start =
                    """
                    global_defs {
                      nftables_ipvs
                    }
                    virtual_server_group other {
                      10.0.0.10 80
                    }
                    virtual_server_group web {
                      10.0.0.11 80
                    }
                    """;
            String web =
                    Director.service("10.0.0.11", "NAT", "10.0.1", 2)
                            .replace("10.0.0.11 80", "group web");
            String other = web.replace("group web", "group other");
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, start + web);
            Await.until(
                    "it is served",
                    LIMIT,
                    () -> !Web.ask(director.client, "10.0.0.11").isEmpty(),
                    daemon::log);
            answers(director, "10.0.0.11");
            List<String> connections = connections(director);
            daemon.reload(start + other + web);
            Await.until(
                    "the other is served",
                    LIMIT,
                    () -> !Web.ask(director.client, "10.0.0.10").isEmpty(),
                    daemon::log);
            List<String> services =
                    Director.plane(director.lb).stream()
                            .filter(line -> line.startsWith("-A"))
                            .toList();
            assertEquals(List.of("-A -f 1000 -s rr", "-A -f 1001 -s rr"), services);
            String rules = director.lb.run("nft", "list", "ruleset");
            assertTrue(rules.contains("10.0.0.11 . 80 : 0x000003e8"), rules);
            assertTrue(connections(director).containsAll(connections), "forgotten");
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void countersAreInTheDumpsOfThoseWhoAsk() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            String dumps =
                    "global_defs {\n  state_dump_file %1$s/\n  json_dump_file %1$s/\n}\n"
                            .formatted(lab.directory());
            String text = dumps + Director.service("10.0.0.11", "NAT", "10.0.1", 1);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            String service = "-A -t 10.0.0.11:80 -s rr";
            awaitPlane(
                    director,
                    daemon,
                    List.of(service, "-a -t 10.0.0.11:80 -r 10.0.1.1:80 -m -w 1"));
            answers(director, "10.0.0.11");
            Path data = lab.directory().resolve("keepalived_check.data");
            // The kernel adds its counters up every two seconds.
            Await.until(
                    "connections are in the dump",
                    LIMIT,
                    () -> {
                        daemon.signal("USR1");
                        return read(data).contains("[10.0.0.11]:tcp:80: 4 connections, ");
                    },
                    () -> read(data) + daemon.log());
            String written = read(data);
            String server = "[10.0.0.11]:tcp:80 [10.0.1.1]:tcp:80: 0 active, 4 inactive, ";
            assertTrue(written.contains(server), written);
            daemon.signal("RTMIN+2");
            Path json = lab.directory().resolve("keepalived_check.json");
            daemon.awaitLog("Wrote " + json, LIMIT);
            String line = read(json);
            assertTrue(line.contains("\"inactive_connections\":4"), line);
        }
    }

    private static String[] concat(String program, String action, String... rest) {
        return Stream.concat(Stream.of(program, action), Stream.of(rest)).toArray(String[]::new);
    }

    private static List<String> planeOf(Software software, Director director, String text) {
        Daemon daemon = Daemon.start(software, director.lb, text);
        Await.until(
                "all checks have passed",
                LIMIT,
                () -> Director.plane(director.lb).size() == 9,
                daemon::log);
        List<String> plane = Director.plane(director.lb);
        daemon.stop();
        assertEquals(List.of(), Director.plane(director.lb), "left in the kernel");
        return plane;
    }

    private static void awaitPlane(Director director, Daemon daemon, List<String> wanted) {
        Await.until(
                "the kernel holds\n" + String.join("\n", wanted),
                LIMIT,
                () -> Director.plane(director.lb).equals(wanted),
                () -> String.join("\n", Director.plane(director.lb)) + "\n" + daemon.log());
    }

    private static Set<String> answers(Director director, String address) {
        Set<String> answers = new TreeSet<>();
        for (int count = 0; count < 4; count++) {
            answers.add(Web.ask(director.client, address));
        }
        assertTrue(!answers.contains(""), "a request went without an answer: " + answers);
        return answers;
    }

    /// The connections the kernel knows, by their ports: it forgets them when a service is made
    /// anew.
    private static List<String> connections(Director director) {
        return director.lb
                .run("ipvsadm", "-Lnc")
                .lines()
                .filter(line -> line.startsWith("TCP"))
                .map(line -> line.split("\\s+")[3])
                .sorted()
                .toList();
    }
}
