package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Routes and rules of masters, and static ones, in a real kernel.
@Tag("lab")
class RoutesTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String VIP = "10.0.0.100";

    private static final String STATIC =
            """
            static_ipaddress {
              10.5.0.1/24 dev eth1
              fd05::1/64 dev eth1
            }
            static_routes {
              10.20.0.0/24 via 10.5.0.2 dev eth1 metric 5 tos 0x10 table 100 scope site
              10.20.1.0/24 via 10.0.0.2 dev eth0 src 10.0.0.1 realms 3/4
              10.20.2.0/24 via 10.0.0.2 dev eth0 mtu lock 1300 advmss 1000 rtt 300ms rttvar 400ms \
              rto_min 300ms reordering 4 window 2000 cwnd lock 20 ssthresh 30 initcwnd 5 \
              initrwnd 6 hoplimit 10 quickack 1 fastopen_no_cookie 1 features ecn
              10.20.3.0/24 encap ip id 5 dst 192.0.2.1 ttl 9 tos 4 via 10.0.0.2 dev eth0
              10.20.4.0/24 encap ip6 id 5 dst fd00::9 hoplimit 5 via 10.0.0.2 dev eth0
              10.20.5.0/24 nexthop via 10.0.0.2 weight 3 nexthop via 10.0.0.3 dev eth0 onlink
              unreachable 10.20.6.0/24
              prohibit 10.20.7.0/24 table 101
              throw 10.20.8.0/24 table 101
              blackhole 10.20.9.0/24
              10.20.12.0/24 via 10.0.0.7 dev eth0 onlink protocol 5 no_track
              10.20.14.0/24 dev eth0 append
              10.20.15.0/24 dev eth0 add
              10.20.16.0/24 dev eth0 rtt 100ms
              2001:db8:1::/48 via fd05::2 dev eth1 metric 55 pref high expires 1000
              2001:db8:2::/48 nexthop via fd05::2 dev eth1 weight 2 nexthop via fd05::3 dev eth1
              2001:db8:3::/48 from fd00::/64 via fd05::2 dev eth1
              blackhole 2001:db8:4::/48
              ::/0 via fd05::9 dev eth1
            }
            static_rules {
              from 10.1.0.0/16 to 10.2.0.0/16 iif eth0 oif eth1 tos 0x10 fwmark 0x5/0xff \
              realms 5/6 table 100 preference 100
              not from 10.1.0.0/16 table 100 preference 101 suppress_prefixlength 8 \
              suppress_ifgroup 3
              iif eth0 goto 300 preference 102
              from 10.3.0.0/16 nop preference 103
              from 10.3.0.0/16 blackhole preference 104
              from 10.3.0.0/16 unreachable preference 105
              from 10.3.0.0/16 prohibit preference 106
              from all uidrange 1000-2000 ipproto tcp sport 10-20 dport 30-40 table 101 \
              preference 108
              from 10.4.0.0/16 tunnel-id 77 table 101 preference 109
              from 10.4.0.0/16 fwmark 7 table 101 preference 111
              from 10.4.0.0/16 table 101 preference 300
              from 2001:db8::/32 table 2000
              from 10.5.0.0/16 table 102
            }
            """;

    /// The first words of a file of routers that elect fast.
    private static String instance(String routing) {
        return """
        vrrp_instance V1 {
          state BACKUP
          interface eth0
          virtual_router_id 51
          version 3
          priority 150
          advert_int 0.2
          virtual_ipaddress {
            10.0.0.100/24
            10.6.0.100/24 dev eth1
          }
          %s
        }
        """
                .formatted(routing);
    }

    private static final String VIRTUAL =
            instance(
                    """
                    virtual_routes {
                      10.9.0.0/24 via 10.0.0.2
                      10.9.1.0/24 dev eth1
                      10.9.2.0/24 dev eth1 no_track
                      src 10.0.0.100 to 10.9.3.0/24 via 10.0.0.254 dev eth0
                      2001:db8:9::/48 via fd00::2 dev eth0
                      blackhole 10.9.4.0/24
                    }
                    virtual_rules {
                      from 10.40.0.0/24 table 40
                      to 10.41.0.0/24 table 41 preference 500
                    }
                    """);

    private static Host host(Lab lab) {
        return lab.host("a")
                .plug(lab.wire(), "eth0", "10.0.0.1/24", "fd00::1/64")
                .plug(lab.wire(), "eth1", "10.6.0.1/24");
    }

    /// What the kernel has, in the order in which it says so, without times that pass.
    private static String state(Host host) {
        return String.join(
                        "\n",
                        host.run("ip", "-o", "-d", "route", "show", "table", "all", "proto", "18"),
                        host.run("ip", "-o", "-d", "route", "show", "10.20.12.0/24"),
                        host.run(
                                "ip", "-6", "-o", "-d", "route", "show", "table", "all", "proto",
                                "18"),
                        host.run("ip", "-d", "rule"),
                        host.run("ip", "-6", "-d", "rule"),
                        host.run("ip", "-o", "address", "show", "dev", "eth1", "scope", "global"))
                .replaceAll("expires \\d+sec", "expires soon");
    }

    private static void awaitMaster(Host host, Daemon daemon) {
        Await.until("it owns " + VIP, LIMIT, () -> host.owns(VIP), daemon::log);
    }

    private static void awaitRoute(Host host, String destination, Daemon daemon) {
        Await.until(
                "there is a route to " + destination,
                LIMIT,
                () -> hasRoute(host, destination),
                daemon::log);
    }

    private static boolean hasRoute(Host host, String destination) {
        return !host.run("ip", "route", "show", "table", "all", destination).isBlank();
    }

    @Test
    void aMasterHasTheRoutesAndRulesThatKeepalivedHasAndNoneWhenItIsGone() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            String before = state(a);
            Daemon theirs = Daemon.start(Software.KEEPALIVED, a, STATIC + VIRTUAL);
            Await.until(
                    "the last rule is there",
                    LIMIT,
                    () -> state(a).contains("lookup 41"),
                    theirs::log);
            String expected = state(a);
            theirs.stop();
            assertEquals(before, state(a));

            Daemon ours = Daemon.start(Software.HOLDFAST, a, STATIC + VIRTUAL);
            Await.until(
                    "the last rule is there",
                    LIMIT,
                    () -> state(a).contains("lookup 41"),
                    ours::log);
            assertEquals(expected, state(a), ours.log());
            ours.stop();
            assertEquals(before, state(a), ours.log());
        }
    }

    @Test
    void whatAKilledDaemonLeftIsRemovedAtTheNextStart() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            String before = state(a);
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, VIRTUAL);
            Await.until("rules", LIMIT, () -> state(a).contains("lookup 41"), daemon::log);
            daemon.kill();
            try (AddressWatch watch = AddressWatch.start(a)) {
                daemon.start();
                Await.until(
                        "the route and the rule are deleted",
                        LIMIT,
                        () ->
                                has(watch, "Deleted", "10.9.1.0/24")
                                        && has(watch, "Deleted", "from 10.40.0.0/24"),
                        daemon::log);
            }
            daemon.stop();
            assertEquals(before, state(a), daemon.log());
        }
    }

    private static boolean has(AddressWatch watch, String... words) {
        return watch.messages().stream()
                .anyMatch(line -> List.of(words).stream().allMatch(line::contains));
    }

    @Test
    void whatSomebodyRemovesComesBackAndAMasterResignsForIt() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, STATIC + VIRTUAL);
            awaitMaster(a, daemon);
            Await.until("rules", LIMIT, () -> state(a).contains("lookup 41"), daemon::log);
            String before = state(a);

            a.run("ip", "route", "del", "10.9.2.0/24");
            a.run("ip", "route", "del", "10.20.1.0/24");
            a.run("ip", "rule", "del", "preference", "101");
            a.run("ip", "-6", "route", "del", "2001:db8:1::/48");
            a.run("ip", "address", "del", "10.5.0.1/24", "dev", "eth1");
            awaitRoute(a, "10.20.1.0/24", daemon);
            Await.until(
                    "all that is static is back",
                    LIMIT,
                    () -> sorted(state(a)).equals(sorted(without(before, "10.9.2.0/24"))),
                    () -> state(a) + before + daemon.log());
            assertFalse(daemon.log().contains("somebody else removed"), "the master stays");
            assertFalse(hasRoute(a, "10.9.2.0/24"), "nobody tracks it");

            a.run("ip", "route", "del", "10.9.0.0/24");
            daemon.awaitLog("somebody else removed one of its routes or rules", LIMIT);
            awaitRoute(a, "10.9.0.0/24", daemon);
            awaitRoute(a, "10.9.2.0/24", daemon);
            daemon.stop();
        }
    }

    private static List<String> sorted(String lines) {
        return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).sorted().toList();
    }

    private static String without(String lines, String words) {
        return String.join("\n", lines.lines().filter(line -> !line.contains(words)).toList());
    }

    @Test
    void aReloadTouchesWhatChangesAndNothingElse() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, STATIC + VIRTUAL);
            Await.until("rules", LIMIT, () -> state(a).contains("lookup 41"), daemon::log);
            try (AddressWatch watch = AddressWatch.start(a)) {
                List<String> silence = watch.messages();
                String changed =
                        (STATIC + VIRTUAL)
                                .replace("10.20.14.0/24 dev eth0", "10.21.14.0/24 dev eth0")
                                .replace("10.9.1.0/24 dev eth1", "10.9.11.0/24 dev eth1")
                                .replace("preference 500", "preference 501");
                daemon.hangUp();
                daemon.reload(changed);
                Await.until(
                        "the new rule is there",
                        LIMIT,
                        () -> a.run("ip", "rule").contains("501:"),
                        daemon::log);
                awaitRoute(a, "10.21.14.0/24", daemon);
                List<String> said =
                        watch.messages().stream()
                                .skip(silence.size())
                                .filter(line -> line.contains("[ROUTE]") || line.contains("[RULE]"))
                                .filter(line -> !line.contains("proto kernel"))
                                .map(RoutesTest::plain)
                                .sorted()
                                .toList();
                assertEquals(
                        List.of(
                                "10.21.14.0/24 dev eth0",
                                "10.9.11.0/24 dev eth1",
                                "501:\tfrom all to 10.41.0.0/24 lookup 41",
                                "Deleted 10.20.14.0/24 dev eth0",
                                "Deleted 10.9.1.0/24 dev eth1",
                                "Deleted 500:\tfrom all to 10.41.0.0/24 lookup 41"),
                        said,
                        daemon.log());
            }
            daemon.stop();
        }
    }

    /// The message without its time, its kind, and our mark.
    private static String plain(String message) {
        return message.replaceAll(".*\\[R[A-Z]+\\]", "").replace("proto keepalived", "").strip();
    }

    @Test
    void whatTheKernelRefusesIsSaidAndDoneWhenItCanBe() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            String text =
                    """
                    track_group G {
                      group {
                        V1
                      }
                    }
                    static_routes {
                      10.60.0.0/24 via 10.77.0.9 dev eth1 track_group G
                    }
                    """
                            + instance("virtual_routes {\n10.61.0.0/24 dev eth1\n}");
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, text);
            daemon.awaitLog("Cannot add route prepend 10.60.0.0/24 via inet 10.77.0.9", LIMIT);
            daemon.awaitLog("a static route or rule of group G is missing", LIMIT);
            assertFalse(a.owns(VIP));
            a.run("ip", "address", "add", "10.77.0.1/24", "dev", "eth1");
            awaitRoute(a, "10.60.0.0/24", daemon);
            awaitMaster(a, daemon);
            awaitRoute(a, "10.61.0.0/24", daemon);

            a.run("ip", "link", "set", "eth1", "down");
            daemon.awaitLog("tracked interface eth1 is down", LIMIT);
            Await.until("it owns nothing", LIMIT, () -> !a.owns(VIP), daemon::log);
            a.run("ip", "link", "set", "eth1", "up");
            awaitRoute(a, "10.60.0.0/24", daemon);
            awaitMaster(a, daemon);
            awaitRoute(a, "10.61.0.0/24", daemon);
            daemon.stop();
            assertFalse(hasRoute(a, "10.60.0.0/24") || hasRoute(a, "10.61.0.0/24"));
        }
    }

    @Test
    void secondaryAddressesArePromotedWhileTheDaemonRuns() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            a.set("net.ipv4.conf.eth0.promote_secondaries", "0");
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, instance("promote_secondaries"));
            awaitMaster(a, daemon);
            assertEquals("1", promotes(a));
            daemon.reload(instance(""));
            Await.until("it is as before", LIMIT, () -> promotes(a).equals("0"), daemon::log);
            daemon.reload(instance("promote_secondaries"));
            Await.until("it is set again", LIMIT, () -> promotes(a).equals("1"), daemon::log);
            daemon.stop();
            assertEquals("0", promotes(a));
            assertTrue(daemon.log().contains("Entering MASTER STATE"));
        }
    }

    private static String promotes(Host host) {
        return host.run("sysctl", "-n", "net.ipv4.conf.eth0.promote_secondaries").strip();
    }
}
