package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Daemons that start outside a network namespace and live in it.
class NamespacesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String VIP = "10.0.0.100";

    private static String text(String placing, String inside, int priority) {
        return """
        %s
        vrrp_instance V1 {
          interface eth0
          version 3
          virtual_router_id 51
          priority %d
          advert_int 0.1
          virtual_ipaddress {
            10.0.0.100/24
          }
          %s
        }
        """
                .formatted(placing, priority, inside);
    }

    @Tag("lab")
    @ParameterizedTest
    @EnumSource
    void routersLiveWhereTheConfigurationSays(Software software) throws IOException {
        try (Lab lab = Lab.open()) {
            Host outside = lab.host("outside");
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            Path told = lab.file("told", "");
            String script =
                    "notify_master \"/bin/sh -c 'readlink /proc/self/ns/net > %s'\""
                            .formatted(told);
            String placing = "global_defs {\nscript_user root\n}\nnet_namespace " + a.namespace();
            Daemon daemon = Daemon.start(software, outside, text(placing, script, 100));
            Await.until("it owns " + VIP, LIMIT, () -> a.owns(VIP), daemon::log);
            assertFalse(outside.owns(VIP));
            long number =
                    (Long) Files.getAttribute(Path.of("/run/netns", a.namespace()), "unix:ino");
            Await.until(
                    "its script runs there",
                    LIMIT,
                    () -> read(told).equals("net:[" + number + "]"),
                    daemon::log);
            daemon.reload(text(placing, "", 50));
            try (Capture adverts = Capture.start(a, "eth0", "ip proto 112")) {
                Await.until(
                        "the new priority is in force",
                        LIMIT,
                        () ->
                                adverts.packets().stream()
                                        .anyMatch(packet -> packet.text().contains("prio 50")),
                        daemon::log);
            }
            daemon.stop();
            assertFalse(a.owns(VIP), daemon.log());
            assertFalse(Files.exists(Path.of("/run/keepalived", a.namespace())));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /// The interfaces of that place are there, and no others.
    @Tag("lab")
    @Test
    void aTestLooksAtTheInterfacesOfThatPlace() {
        try (Lab lab = Lab.open()) {
            Host outside = lab.host("outside").plug(lab.wire(), "eth7", "10.0.7.1/24");
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            String there = "net_namespace " + a.namespace();
            Path good = lab.file("good.conf", text(there, "", 100));
            Path none = lab.file("none.conf", text("", "", 100));
            Path bad = lab.file("bad.conf", text(there, "", 100).replace("eth0", "eth7"));
            String program = Software.HOLDFAST.program();
            assertTrue(outside.attempt(program, "-t", "-f", good.toString()).succeeded());
            assertFalse(outside.attempt(program, "-t", "-f", none.toString()).succeeded());
            assertTrue(
                    outside.attempt(program, "-t", "-s", a.namespace(), "-f", none.toString())
                            .succeeded());
            assertFalse(outside.attempt(program, "-t", "-f", bad.toString()).succeeded());
        }
    }

    private static final String SERVICE =
            """
            virtual_server 10.0.0.100 80 {
              lb_algo rr
              lb_kind NAT
              protocol TCP
              real_server 10.0.0.9 80 {
              }
            }
            """;

    /// Checks are made in one place, connections are spread in another.
    @Tag("ipvs")
    @Test
    void servicesMayBeElsewhere() {
        try (Lab lab = Lab.open()) {
            Host outside = lab.host("outside");
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            Host b = lab.host("b").plug(lab.wire(), "eth0", "10.0.0.2/24");
            List<String> none = List.of();
            Daemon daemon =
                    Daemon.start(
                            Software.HOLDFAST,
                            outside,
                            "net_namespace %s\nnet_namespace_ipvs %s\n"
                                            .formatted(a.namespace(), b.namespace())
                                    + SERVICE);
            Await.until(
                    "the service is there",
                    LIMIT,
                    () -> Director.plane(b).size() == 2,
                    daemon::log);
            assertEquals(none, Director.plane(a));
            assertEquals(none, Director.plane(outside));
            daemon.stop();
            assertEquals(none, Director.plane(b), daemon.log());

            // Without a name it is where the daemon was started.
            Daemon other =
                    Daemon.start(
                            Software.HOLDFAST,
                            outside,
                            "net_namespace %s\nnet_namespace_ipvs\n".formatted(a.namespace())
                                    + SERVICE);
            Await.until(
                    "the service is there",
                    LIMIT,
                    () -> Director.plane(outside).size() == 2,
                    other::log);
            assertEquals(none, Director.plane(a));
            other.stop();
            assertEquals(none, Director.plane(outside), other.log());
        }
    }
}
