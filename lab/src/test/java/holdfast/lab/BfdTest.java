package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What real daemons see of each other by BFD, and what follows from it.
@Tag("lab")
class BfdTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String TIMERS = "min_rx 50\nmin_tx 50\nmultiplier 3\n";
    private static final Duration DETECTION = Duration.ofMillis(150);

    /// What a busy machine may add to a detection time; the reaction itself takes a few ms.
    private static final Duration NOISE = Duration.ofMillis(50);

    private static final String TOLD = "Desired min Tx Interval:      20 ms";

    /// A capture names the ports behind the addresses.
    private static final Pattern FROM = Pattern.compile("10\\.0\\.0\\.1\\.([0-9]+) > ");

    private static String session(String name, String neighbour, String more) {
        return "bfd_instance %s {\nneighbor_ip %s\n%s%s\n}\n"
                .formatted(name, neighbour, TIMERS, more);
    }

    /// Two hosts on one wire.
    private record Pair(Host one, Host other) {
        static Pair in(Lab lab) {
            Wire wire = lab.wire();
            return new Pair(
                    lab.host("a").plug(wire, "eth0", "10.0.0.1/24", "fd00::1/64"),
                    lab.host("b").plug(wire, "eth0", "10.0.0.2/24", "fd00::2/64"));
        }
    }

    private static void awaitUp(Daemon daemon, String session) {
        daemon.awaitLog("(" + session + ") Entering Up state", LIMIT);
    }

    private static int count(Daemon daemon, String words) {
        return daemon.log().split(Pattern.quote(words), -1).length - 1;
    }

    private static void awaitCount(Daemon daemon, String words, int times) {
        Await.until(
                times + " times " + words, LIMIT, () -> count(daemon, words) >= times, daemon::log);
    }

    /// From now on nothing comes to this host or leaves it, and nobody is told.
    private static void cut(Host host) {
        host.run(
                "nft",
                "add table inet cut"
                        + "; add chain inet cut in { type filter hook input priority -300;"
                        + " policy drop; }"
                        + "; add chain inet cut out { type filter hook output priority -300;"
                        + " policy drop; }");
    }

    @Test
    void eachSessionSendsFromAPortOfItsOwnWithTheGreatestTtl() {
        try (Lab lab = Lab.open()) {
            Pair pair = Pair.in(lab);
            pair.one().run("ip", "address", "add", "10.0.0.11/24", "dev", "eth0");
            String mine =
                    session("v4", "10.0.0.2", "source_ip 10.0.0.1")
                            + session("again", "10.0.0.3", "")
                            + session("v6", "fd00::2", "hoplimit 255");
            String theirs =
                    session("v4", "10.0.0.1", "passive")
                            + session("v6", "fd00::1", "hoplimit 255\npassive");
            try (Capture heard = Capture.start(pair.other(), "eth0", "udp port 3784 and ip")) {
                Daemon one = Daemon.start(Software.HOLDFAST, pair.one(), mine);
                pair.other().run("ip", "address", "add", "10.0.0.3/24", "dev", "eth0");
                Daemon other = Daemon.start(Software.HOLDFAST, pair.other(), theirs);
                awaitUp(one, "v4");
                awaitUp(one, "v6");
                awaitUp(other, "v4");
                awaitUp(other, "v6");
                Map<String, Set<Integer>> ports = new TreeMap<>();
                Await.until(
                        "two sessions are heard",
                        LIMIT,
                        () -> {
                            collect(heard.packets(), ports);
                            return ports.size() == 2;
                        });
                ports.values().forEach(some -> assertEquals(1, some.size(), ports::toString));
                assertEquals(
                        2,
                        ports.values().stream().flatMap(Set::stream).distinct().count(),
                        ports::toString);
                one.stop();
                other.stop();
            }
        }
    }

    private static void collect(List<Packet> packets, Map<String, Set<Integer>> ports) {
        for (Packet packet : packets) {
            Matcher from = FROM.matcher(packet.text());
            if (from.find()) {
                int port = Integer.parseInt(from.group(1));
                assertTrue(port >= 49152, packet.text());
                assertTrue(packet.text().contains("ttl 255"), packet.text());
                String to = packet.text().contains("> 10.0.0.3.") ? "again" : "v4";
                ports.computeIfAbsent(to, _ -> new HashSet<>()).add(port);
            }
        }
    }

    @Test
    void packetsFromTooFarAwayDoNotCountUnlessTheyMay() {
        try (Lab lab = Lab.open()) {
            Wire left = lab.wire();
            Wire right = lab.wire();
            Host a = lab.host("a").plug(left, "eth0", "10.0.1.1/24", "fd01::1/64");
            Host b = lab.host("b").plug(right, "eth0", "10.0.2.1/24", "fd02::1/64");
            lab.host("r")
                    .plug(left, "eth0", "10.0.1.254/24", "fd01::254/64")
                    .plug(right, "eth1", "10.0.2.254/24", "fd02::254/64")
                    .set("net.ipv4.ip_forward", "1")
                    .set("net.ipv6.conf.all.forwarding", "1");
            a.run("ip", "route", "add", "default", "via", "10.0.1.254");
            a.run("ip", "route", "add", "default", "via", "fd01::254");
            b.run("ip", "route", "add", "default", "via", "10.0.2.254");
            b.run("ip", "route", "add", "default", "via", "fd02::254");
            String far = "multihop\nmax_hops 1\n";
            String text =
                    session("v4", "10.0.2.1", far)
                            + session("v6", "fd02::1", far)
                            + session("near", "10.0.2.1", "");
            Daemon one = Daemon.start(Software.HOLDFAST, a, text);
            Daemon other =
                    Daemon.start(
                            Software.HOLDFAST,
                            b,
                            text.replace("10.0.2.1", "10.0.1.1").replace("fd02", "fd01"));
            awaitUp(one, "v4");
            awaitUp(one, "v6");
            awaitUp(other, "v4");
            awaitUp(other, "v6");
            assertFalse(one.log().contains("(near) Entering"), one.log());
            one.stop();
            other.stop();
        }
    }

    @Test
    void keepalivedIsANeighbourAndALostOneIsNoticed() {
        try (Lab lab = Lab.open()) {
            Pair pair = Pair.in(lab);
            Daemon one =
                    Daemon.start(
                            Software.HOLDFAST,
                            pair.one(),
                            session("v4", "10.0.0.2", "") + session("v6", "fd00::2", ""));
            Daemon other =
                    Daemon.start(
                            Software.KEEPALIVED,
                            pair.other(),
                            session("v4", "10.0.0.1", "source_ip 10.0.0.2")
                                    + session("v6", "fd00::1", "source_ip fd00::2\npassive"));
            awaitUp(one, "v4");
            awaitUp(one, "v6");
            other.awaitLog("(v4) Entering Up state", LIMIT);
            other.awaitLog("(v6) Entering Up state", LIMIT);
            other.kill();
            String down =
                    "(%s) Entering Down state (Local diagnostic - Control Detection Time Expired";
            one.awaitLog(down.formatted("v4"), LIMIT);
            one.awaitLog(down.formatted("v6"), LIMIT);
            other.start();
            awaitCount(one, "(v4) Entering Up state", 2);
            one.stop();
            other.stop();
        }
    }

    @Test
    void aReloadKeepsSessionsAndTellsNewTimers() {
        try (Lab lab = Lab.open()) {
            Pair pair = Pair.in(lab);
            String text = session("v4", "10.0.0.2", "");
            Daemon one = Daemon.start(Software.HOLDFAST, pair.one(), text);
            Daemon other =
                    Daemon.start(Software.HOLDFAST, pair.other(), session("v4", "10.0.0.1", ""));
            awaitUp(one, "v4");
            awaitUp(other, "v4");
            one.reload(text.replace("min_tx 50", "min_tx 20") + session("new", "10.0.0.9", ""));
            one.awaitLog("Reload complete", LIMIT);
            try (Capture sent = Capture.start(pair.one(), "eth0", "udp port 3784")) {
                Await.until(
                        "the new timers are told",
                        LIMIT,
                        () ->
                                sent.packets().stream()
                                        .anyMatch(packet -> packet.text().contains(TOLD)),
                        () -> sent.packets().toString());
            }
            one.reload(session("new", "10.0.0.9", ""));
            awaitCount(one, "Reload complete", 2);
            assertFalse(one.log().contains("(v4) Entering Down"), one.log());
            other.awaitLog("(v4) Entering Down", LIMIT);
            one.stop();
            other.stop();
        }
    }

    @Test
    void aSessionThatIsAuthenticatedAndSaysGoodbyeIsNotHeldToHaveFailed() {
        try (Lab lab = Lab.open()) {
            Pair pair = Pair.in(lab);
            String key = "auth_sha1 {\nkey 7 geheimgeheim\nactive_key 7\nmeticulous\n}";
            String polite = "global_defs {\nbfd_announce_stop\nbfd_check_source\n}\n";
            String text =
                    session("v4", "10.0.0.2", key)
                            + Router.v3(100, "0.1").with("track_bfd {\nv4\n}").text();
            Daemon one = Daemon.start(Software.HOLDFAST, pair.one(), text);
            Daemon other =
                    Daemon.start(
                            Software.HOLDFAST,
                            pair.other(),
                            polite + session("v4", "10.0.0.1", key));
            awaitUp(one, "v4");
            one.awaitLog("(V1) Entering MASTER STATE", LIMIT);
            other.stop();
            one.awaitLog("Remote diagnostic - Administratively Down", LIMIT);
            assertFalse(one.log().contains("BFD instance v4 is DOWN"), one.log());
            assertFalse(one.log().contains("geheim"), one.log());
            one.stop();
        }
    }

    /// The backup would own the addresses, and holds back as long as it sees the master.
    @Test
    void aBackupTakesOverWithinTheDetectionTime() {
        try (Lab lab = Lab.open()) {
            Pair pair = Pair.in(lab);
            Daemon master =
                    Daemon.start(
                            Software.HOLDFAST,
                            pair.one(),
                            session("peer", "10.0.0.2", "") + Router.v3(100, "1").text());
            String text =
                    session("peer", "10.0.0.1", "")
                            + Router.v3(255, "1")
                                    .with("track_bfd {\npeer weight 0 reverse\n}")
                                    .text();
            Daemon backup = Daemon.start(Software.HOLDFAST, pair.other(), text);
            backup.awaitLog("(V1) Entering FAULT STATE", LIMIT);
            Await.until(
                    "the other is master",
                    LIMIT,
                    () -> pair.one().owns("10.0.0.100") && !pair.other().owns("10.0.0.100"),
                    () -> master.log() + backup.log());
            try (Capture seen =
                    Capture.start(pair.other(), "eth0", "ip and (proto 112 or udp port 3784)")) {
                Await.until(
                        "packets of the session",
                        LIMIT,
                        () -> !from(seen.packets(), "10.0.0.1", "proto UDP").isEmpty());
                Instant before = Instant.now();
                cut(pair.one());
                Await.until(
                        "adverts of the backup",
                        LIMIT,
                        () -> !after(seen, before).isEmpty(),
                        () -> seen.packets() + backup.log());
                Instant heard = from(seen.packets(), "10.0.0.1", "proto UDP").getLast().at();
                Duration took = Duration.between(heard, after(seen, before).getFirst().at());
                System.out.println("takeover on BFD: " + took.toNanos() / 1_000 + " us");
                assertTrue(took.compareTo(DETECTION) > 0, took::toString);
                assertTrue(took.compareTo(DETECTION.plus(NOISE)) < 0, took::toString);
            }
            backup.stop();
            master.stop();
        }
    }

    private static List<Packet> after(Capture seen, Instant moment) {
        return from(seen.since(moment), "10.0.0.2", "proto VRRP");
    }

    private static List<Packet> from(List<Packet> packets, String source, String kind) {
        return packets.stream()
                .filter(packet -> packet.text().contains(kind))
                .filter(packet -> (packet.source() + ".").startsWith(source + "."))
                .toList();
    }

    @Test
    void aServerComesAndGoesWithItsSession() {
        try (Lab lab = Lab.open()) {
            Pair pair = Pair.in(lab);
            String text =
                    """
                    global_defs {
                      lvs_backend nftables
                    }
                    %s
                    virtual_server 10.0.0.10 7 {
                      protocol TCP
                      lb_algo rr
                      lb_kind NAT
                      real_server 10.0.0.2 80 {
                        BFD_CHECK {
                          name rs
                          alpha
                        }
                      }
                    }
                    """
                            .formatted(session("rs", "10.0.0.2", "checker"));
            Daemon director = Daemon.start(Software.HOLDFAST, pair.one(), text);
            Daemon server =
                    Daemon.start(Software.HOLDFAST, pair.other(), session("rs", "10.0.0.1", ""));
            String up = "[10.0.0.2]:tcp:80 of [10.0.0.10]:tcp:7 is UP";
            String down = "[10.0.0.2]:tcp:80 of [10.0.0.10]:tcp:7 is DOWN";
            director.awaitLog(up, LIMIT);
            server.kill();
            director.awaitLog(down, LIMIT);
            server.start();
            awaitCount(director, up, 2);
            // A new process of the checkers hears how the session is.
            for (String pid : pair.one().run("pgrep", "-P", "" + director.pid()).split("\n")) {
                pair.one().run("kill", "-9", pid);
            }
            awaitCount(director, up, 3);
            director.stop();
            server.stop();
        }
    }
}
