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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that outlive what becomes of their service and of the daemon, on both data planes.
@Tag("ipvs")
class SurvivalTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Lines of a talk that show that it goes on.
    private static final int SOME = 5;

    private static final String OTHER = Director.service("10.0.0.10", "NAT", "10.0.1", 2);

    @ParameterizedTest
    @CsvSource({"ipvs, NAT", "ipvs, DR", "nftables, NAT", "nftables, DR"})
    void connectionsGoOnOverReloadsAndDeathsAndStopsThatKeepServices(String plane, String kind) {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            serve(lab, director, kind);
            String text = text(plane, kind, 2, "rr", 1);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            Talk talk = new Talk(lab, director, daemon);
            talk.awaitMore();

            String next = text(plane, kind, 2, "wrr", 3) + OTHER;
            daemon.reload(next);
            Await.until(
                    "another service is there",
                    LIMIT,
                    () -> !Web.ask(director.client, "10.0.0.10").isEmpty(),
                    daemon::log);
            talk.awaitMore();

            daemon.kill();
            talk.awaitMore();
            daemon =
                    Daemon.of(Software.HOLDFAST, director.lb, next)
                            .after(List.of("sh", "-c", "exec \"$0\" \"$@\" -I"))
                            .start();
            daemon.awaitLog("Startup complete", LIMIT);
            talk.awaitMore();

            daemon.stop();
            talk.awaitMore();
            assertTrue(isServed(director), "services stay with -I");
            Daemon last = Daemon.start(Software.HOLDFAST, director.lb, next);
            last.awaitLog("Startup complete", LIMIT);
            talk.awaitMore();
            talk.check();
            last.stop();
            assertEquals("", state(director), "left in the kernel");
        }
    }

    /// IPVS waits with such connections until their server is back.
    @ParameterizedTest
    @ValueSource(strings = {"NAT", "DR"})
    void onNftablesConnectionsOutliveTheirServersPlaceInThePool(String kind) {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            serve(lab, director, kind);
            String text = text("nftables", kind, 2, "rr", 1);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            Talk talk = new Talk(lab, director, daemon);
            talk.awaitMore();

            int server = talk.lines().getFirst().startsWith("rs1") ? 0 : 1;
            Web.kill(director.webs.get(server));
            daemon.awaitLog("is DOWN", LIMIT);
            talk.awaitMore();

            daemon.reload(text("nftables", kind, 1, "rr", 1));
            talk.awaitMore();
            talk.check();
        }
    }

    private static void serve(Lab lab, Director director, String kind) {
        Path echo = lab.script("echo.sh", "while read l; do echo \"$1 $l\"; done\n");
        for (Host server : director.servers) {
            if (kind.equals("DR")) {
                server.run("ip", "address", "add", "10.0.0.11/32", "dev", "lo");
            }
            String[] nc = {"busybox", "nc", "-ll", "-p", "7", "-e", echo.toString()};
            List<String> command = new ArrayList<>(List.of(nc));
            command.add(server.label());
            server.start("echo.log", command);
        }
    }

    /// A service of the echo, whose servers are checked by their pages.
    private static String text(
            String plane, String kind, int servers, String scheduler, int weight) {
        String network = kind.equals("DR") ? "10.0.0" : "10.0.1";
        var text =
                new StringBuilder(
                        """
                        global_defs {
                          lvs_backend %s
                        }
                        virtual_server 10.0.0.11 7 {
                          delay_loop 1
                          lb_algo %s
                          lb_kind %s
                          protocol TCP
                        """
                                .formatted(plane, scheduler, kind));
        for (int number = 1; number <= servers; number++) {
            text.append(
                    """
                      real_server %s.%d 7 {
                        weight %d
                        TCP_CHECK {
                          connect_port 80
                          connect_timeout 1
                          retry 0
                        }
                      }
                    """
                            .formatted(network, number, weight));
        }
        return text.append("}\n").toString();
    }

    private static boolean isServed(Director director) {
        return director.client
                .attempt("sh", "-c", "echo x | busybox nc -w 2 10.0.0.11 7")
                .output()
                .contains("x");
    }

    private static String state(Director director) {
        String services = String.join("\n", Director.plane(director.lb));
        return services + director.lb.run("nft", "list", "tables");
    }

    /// Lines that are sent over one connection, and come back with the name of the server.
    private static final class Talk {

        private final Path log;
        private final Daemon daemon;
        private final Process talker;

        Talk(Lab lab, Director director, Daemon daemon) {
            this.log = lab.directory().resolve("talk.log");
            this.daemon = daemon;
            Await.until("it is served", LIMIT, () -> isServed(director), daemon::log);
            String talk = "n=0; while :; do n=$((n+1)); echo $n; sleep 0.1; done";
            String to = " | busybox nc 10.0.0.11 7";
            this.talker = director.client.start("talk.log", List.of("sh", "-c", talk + to));
        }

        List<String> lines() {
            try {
                return Files.readAllLines(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Goes on from here.
        void awaitMore() {
            int before = lines().size();
            Await.until(
                    "the connection goes on",
                    LIMIT,
                    () -> lines().size() >= before + SOME,
                    () -> lines() + "\n" + daemon.log());
        }

        /// It was one connection all the time.
        void check() {
            assertTrue(talker.isAlive(), "the connection ended");
            List<String> all = lines();
            String server = all.getFirst().split(" ")[0];
            for (int line = 0; line < all.size(); line++) {
                assertEquals(server + " " + (line + 1), all.get(line));
            }
        }
    }
}
