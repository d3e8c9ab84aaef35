package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a real kernel holds beside services: the sync daemons, and the timeouts.
@Tag("ipvs")
class SyncDaemonTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String VIP = "10.0.0.100";
    private static final String OPTIONS = " maxlen 1400 port 8900 ttl 2 group 224.0.0.99\n}\n";

    @Test
    void theDaemonFollowsItsRouter() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Wire between = lab.wire();
            Host a = host(lab, "a", lan, between, 1);
            Host b = host(lab, "b", lan, between, 2);
            String head = "global_defs {\n  lvs_sync_daemon eth1 inst VI_1" + OPTIONS;
            Daemon first = Daemon.start(Software.HOLDFAST, a, head + router(150));
            Daemon second = Daemon.start(Software.HOLDFAST, b, head + router(100));
            Await.until("a serves", LIMIT, () -> a.owns(VIP), first::log);
            awaitDaemons(a, first, List.of(daemon("master", 51)));
            awaitDaemons(b, second, List.of(daemon("backup", 51)));

            first.stop();
            assertEquals(List.of(), daemons(a), "left in the kernel");
            Await.until("b serves", LIMIT, () -> b.owns(VIP), second::log);
            awaitDaemons(b, second, List.of(daemon("master", 51)));

            second.kill();
            assertEquals(1, daemons(b).size(), "left by the killed one");
            second.start();
            awaitDaemons(b, second, List.of(daemon("master", 51)));
            first.start();
            awaitDaemons(a, first, List.of(daemon("master", 51)));
            awaitDaemons(b, second, List.of(daemon("backup", 51)));
        }
    }

    @Test
    void anInterfaceThatComesLateGetsItsDaemon() {
        try (Lab lab = Lab.open()) {
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            String head = "global_defs {\n  lvs_sync_daemon eth1 inst VI_1" + OPTIONS;
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, head + router(150));
            daemon.awaitLog("IPVS sync daemon does not work", LIMIT);
            Await.until("it serves all the same", LIMIT, () -> a.owns(VIP), daemon::log);
            assertEquals(List.of(), daemons(a));
            a.plug(lab.wire(), "eth1", "10.0.1.1/24");
            awaitDaemons(a, daemon, List.of(daemon("master", 51)));
        }
    }

    @Test
    void withoutARouterBothRunAndTimeoutsHoldUntilTheStop() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            Host lb = director.lb;
            String before = timeouts(lb);
            String text =
                    "global_defs {\n  lvs_timeouts tcp 901 udp 301\n"
                            + "  lvs_sync_daemon eth1 id 7"
                            + OPTIONS
                            + Director.service("10.0.0.11", "NAT", "10.0.1", 1);
            Daemon daemon = Daemon.start(Software.HOLDFAST, lb, text);
            awaitDaemons(lb, daemon, List.of(daemon("backup", 7), daemon("master", 7)));
            String[] seconds = before.split(" ");
            assertEquals("901 " + seconds[1] + " 301", timeouts(lb));
            daemon.stop();
            assertEquals(List.of(), daemons(lb), "left in the kernel");
            assertEquals(before, timeouts(lb));
        }
    }

    private static Host host(Lab lab, String name, Wire lan, Wire between, int number) {
        return lab.host(name)
                .plug(lan, "eth0", "10.0.0." + number + "/24")
                .plug(between, "eth1", "10.0.1." + number + "/24");
    }

    private static String router(int priority) {
        return """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority %d
          advert_int 1
          virtual_ipaddress {
            10.0.0.100/24
          }
        }
        """
                .formatted(priority);
    }

    private static String daemon(String role, int id) {
        return ("%s sync daemon (mcast=eth1, syncid=%d, maxlen=1400,"
                        + " group=224.0.0.99, port=8900, ttl=2)")
                .formatted(role, id);
    }

    private static List<String> daemons(Host host) {
        return host.run("ipvsadm", "-L", "--daemon").lines().map(String::strip).sorted().toList();
    }

    private static void awaitDaemons(Host host, Daemon daemon, List<String> wanted) {
        Await.until(
                "the kernel runs " + wanted,
                LIMIT,
                () -> daemons(host).equals(wanted),
                () -> String.join("\n", daemons(host)) + "\n" + daemon.log());
    }

    /// TCP, its end, and UDP, in seconds.
    private static String timeouts(Host host) {
        String line = host.run("ipvsadm", "-L", "--timeout").strip();
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
