package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What checkers find out about real servers of mail and names, about echoes, and about servers
/// that behave badly.
@Tag("lab")
class CheckersTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SERVER = "10.0.1.1";
    private static final String SECOND = "10.0.1.2";
    private static final String ABSENT = "10.0.1.77";
    private static final int SMTP = 2525;
    private static final int DNS = 5353;

    /// A checker, and what the log is to say of it.
    private record Case(String server, int port, String kind, String body, String verdict) {
        String words(String protocol) {
            return "%s of [%s]:%s:%d for [10.0.0.10]:%s:7 %s"
                    .formatted(kind, server, protocol, port, protocol, verdict);
        }

        String text() {
            return """
                  real_server %s %d {
                    %s {
                      warmup 0
                      retry 0
                      %s
                    }
                  }
                """
                    .formatted(server, port, kind, body);
        }
    }

    private static final class Net {
        final Lab lab;
        final Host lb;
        final Host server;

        Net(Lab lab) {
            this.lab = lab;
            Wire wire = lab.wire();
            lb =
                    lab.host("lb")
                            .plug(wire, "eth1", "10.0.1.254/24", "10.0.1.253/24", "fd00:1::254/64")
                            // Nobody is looked for longer than needed.
                            .set("net.ipv4.neigh.eth1.mcast_solicit", "1");
            server =
                    lab.host("rs")
                            .plug(wire, "eth1", SERVER + "/24", SECOND + "/24", "fd00:1::1/64");
        }

        void rude() {
            server.start("rude.log", List.of(RudeServers.command()));
            Await.until("rude servers", LIMIT, () -> log("rude.log").contains(RudeServers.READY));
        }

        Process mail() {
            Process mail =
                    server.start("mail.log", List.of("aiosmtpd", "-n", "-l", SERVER + ":" + SMTP));
            Await.until(
                    "the mail server listens",
                    LIMIT,
                    () -> server.run("ss", "-Hltn").contains(SERVER + ":" + SMTP),
                    () -> log("mail.log"));
            return mail;
        }

        Process names() {
            Process names =
                    server.start(
                            "names.log",
                            List.of(
                                    "dnsmasq",
                                    "--keep-in-foreground",
                                    "--conf-file=/dev/null",
                                    "--user=root",
                                    "--pid-file=",
                                    "--no-hosts",
                                    "--no-resolv",
                                    "--bind-interfaces",
                                    "--listen-address=" + SERVER,
                                    "--port=" + DNS,
                                    "--host-record=here.test,192.0.2.1,fd00::1"));
            Await.until(
                    "the name server listens",
                    LIMIT,
                    () -> server.run("ss", "-Hlun").contains(SERVER + ":" + DNS),
                    () -> log("names.log"));
            return names;
        }

        Daemon check(String protocol, List<Case> cases) {
            return Daemon.start(Software.HOLDFAST, lb, text("", protocol, cases));
        }

        private String log(String name) {
            return read(lab.directory().resolve(name));
        }

        private String linkLocal() {
            String shown = server.run("ip", "-o", "-6", "address", "show", "scope", "link");
            int at = shown.indexOf("fe80:");
            return shown.substring(at, shown.indexOf('/', at));
        }
    }

    private static String text(String before, String protocol, List<Case> cases) {
        StringBuilder servers = new StringBuilder();
        cases.forEach(one -> servers.append(one.text()));
        return """
        global_defs {
          lvs_backend nftables
        }
        %s
        virtual_server 10.0.0.10 7 {
          protocol %s
          lb_algo wrr
          lb_kind NAT
          delay_loop 1
          %s
        }
        """
                .formatted(before, protocol, servers);
    }

    private static void awaitVerdicts(Daemon daemon, String protocol, List<Case> cases) {
        for (Case one : cases) {
            daemon.awaitLog(one.words(protocol), LIMIT);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(Process server) {
        server.destroyForcibly();
        server.onExit().join();
    }

    private static Case smtp(int port, String verdict) {
        return new Case(SERVER, port, "SMTP_CHECK", "connect_timeout 1", verdict);
    }

    @Test
    void mailServersAreTalkedTo() {
        try (Lab lab = Lab.open()) {
            Net net = new Net(lab);
            net.rude();
            net.server.run("nft", "add", "table", "inet", "t");
            net.server.run(
                    "nft",
                    "add",
                    "chain",
                    "inet",
                    "t",
                    "in",
                    "{ type filter hook input priority 0; }");
            net.server.run("nft", "add", "rule", "inet", "t", "in", "tcp", "dport", "2607", "drop");
            Process mail = net.mail();
            Case real = new Case(SERVER, SMTP, "SMTP_CHECK", "connect_timeout 5", "succeeded");
            List<Case> cases =
                    List.of(
                            real,
                            smtp(RudeServers.MUTE, "failed: no greeting in time"),
                            new Case(
                                    SERVER,
                                    RudeServers.DRIPPING,
                                    "SMTP_CHECK",
                                    "connect_timeout 0.3",
                                    "failed: no greeting in time"),
                            smtp(RudeServers.RESETTING, "failed: connection reset by the peer"),
                            smtp(RudeServers.REFUSING_WORDS, "failed: the server greets with 554"),
                            smtp(RudeServers.RAVING, "failed: a line of more than 2048 bytes"),
                            smtp(RudeServers.CLOSED, "failed: connection refused"),
                            smtp(2607, "failed: connection timed out"));
            Daemon daemon = net.check("TCP", cases);
            awaitVerdicts(daemon, "tcp", cases);
            kill(mail);
            awaitVerdicts(daemon, "tcp", List.of(smtp(SMTP, "failed: connection refused")));
            int before = occurrences(daemon.log(), real.words("tcp"));
            net.mail();
            Await.until(
                    "the mail server is back",
                    LIMIT,
                    () -> occurrences(daemon.log(), real.words("tcp")) > before,
                    daemon::log);
            daemon.stop();
        }
    }

    private static int occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static Case dns(int port, String body, String verdict) {
        return new Case(SERVER, port, "DNS_CHECK", "connect_timeout 1\n" + body, verdict);
    }

    @Test
    void nameServersAreAsked() {
        try (Lab lab = Lab.open()) {
            Net net = new Net(lab);
            net.rude();
            Process names = net.names();
            List<Case> cases =
                    List.of(
                            new Case(
                                    SERVER,
                                    DNS,
                                    "DNS_CHECK",
                                    "connect_timeout 5\ntype AAAA\nname here.test",
                                    "succeeded"),
                            new Case(
                                    SERVER,
                                    1,
                                    "DNS_CHECK",
                                    "connect_port %d\nname elsewhere.test".formatted(DNS),
                                    "failed: the server answers REFUSED"),
                            dns(RudeServers.DEAF, "", "failed: no answer in time"),
                            dns(RudeServers.WRONG_IDS, "", "failed: no answer in time"),
                            dns(RudeServers.NOISE, "", "failed: no answer in time"),
                            dns(RudeServers.LATE, "", "failed: no answer in time"),
                            dns(RudeServers.ECHO, "", "failed: no answer in time"),
                            dns(RudeServers.CLOSED, "", "failed: connection refused"));
            Daemon daemon = net.check("UDP", cases);
            awaitVerdicts(daemon, "udp", cases);
            kill(names);
            awaitVerdicts(daemon, "udp", List.of(dns(DNS, "", "failed: connection refused")));
            daemon.stop();
        }
    }

    private static Case udp(int port, String body, String verdict) {
        return new Case(SERVER, port, "UDP_CHECK", "connect_timeout 1\n" + body, verdict);
    }

    @Test
    void datagramsAreSentWhereAndAsTheTextSays() {
        try (Lab lab = Lab.open()) {
            Net net = new Net(lab);
            net.rude();
            guard(net.server, "udp dport 5407 ip saddr != 10.0.1.253");
            List<Case> cases =
                    List.of(
                            udp(
                                    RudeServers.ECHO,
                                    "connect_timeout 5\npayload 01 02 a3\nrequire_reply 01xx ax"
                                            + "\nmin_reply_length 3\nmax_reply_length 3",
                                    "succeeded"),
                            udp(
                                    1,
                                    "connect_port 5401\npayload 01\nrequire_reply 02",
                                    "failed: the reply is not the one required"),
                            udp(
                                    2,
                                    "connect_port 5401\nmax_reply_length 31",
                                    "failed: a reply of 32 octets, more than 31"),
                            udp(RudeServers.DEAF, "", "succeeded"),
                            udp(3, "connect_port 5402\nrequire_reply", "failed: no reply in time"),
                            udp(RudeServers.CLOSED, "", "failed: connection refused"),
                            udp(
                                    4,
                                    "connect_ip %s\nconnect_timeout 10".formatted(ABSENT),
                                    "failed: no route to host"),
                            udp(
                                    5,
                                    """
                                    connect_port 5407
                                    require_reply
                                    bindto 10.0.1.253
                                    connect_timeout 5
                                    """,
                                    "succeeded"),
                            udp(6, "connect_port 5407\nrequire_reply", "failed: no reply in time"),
                            udp(
                                    7,
                                    """
                                    connect_ip %s
                                    connect_port 5401
                                    bind_if eth1
                                    require_reply
                                    connect_timeout 5
                                    """
                                            .formatted(net.linkLocal()),
                                    "succeeded"));
            Daemon daemon = net.check("UDP", cases);
            awaitVerdicts(daemon, "udp", cases);
            daemon.stop();
        }
    }

    /// Drops what comes in, or goes out, like this.
    private static void guard(Host host, String match) {
        host.run("nft", "add", "table", "inet", "t");
        for (String way : List.of("input", "output")) {
            host.run(
                    "nft",
                    "add",
                    "chain",
                    "inet",
                    "t",
                    way,
                    "{ type filter hook %s priority 0; }".formatted(way));
            host.run("nft", "add", "rule", "inet", "t", way, match, "drop");
        }
    }

    private static Case ping(int number, String body, String verdict) {
        return new Case(SERVER, number, "PING_CHECK", body, verdict);
    }

    @Test
    void echoesAreAskedFor() {
        try (Lab lab = Lab.open()) {
            Net net = new Net(lab);
            guard(net.lb, "ip daddr %s meta mark != 7".formatted(SECOND));
            List<Case> cases = new ArrayList<>();
            cases.add(ping(1, "connect_timeout 1", "succeeded"));
            cases.add(ping(2, "connect_ip fd00:1::1", "succeeded"));
            cases.add(ping(3, "connect_ip " + ABSENT + "\nconnect_timeout 10", "failed"));
            cases.add(
                    ping(4, "connect_ip %s\nbind_if eth1".formatted(net.linkLocal()), "succeeded"));
            cases.add(ping(5, "connect_ip %s\nfwmark 7".formatted(SECOND), "succeeded"));
            cases.add(ping(6, "connect_ip %s\nconnect_timeout 1".formatted(SECOND), "failed"));
            cases.add(ping(8, "bindto 10.0.1.253", "succeeded"));
            String closed =
                    net.lb
                            .set("net.ipv4.ping_group_range", "1 0")
                            .run("sysctl", "-n", "net.ipv4.ping_group_range");
            Daemon daemon = net.check("TCP", cases);
            awaitVerdicts(daemon, "tcp", cases);
            assertEquals("0\t0\n", net.lb.run("sysctl", "-n", "net.ipv4.ping_group_range"));
            net.server.set("net.ipv4.icmp_echo_ignore_all", "1");
            daemon.awaitLog(ping(1, "", "failed: no reply in time").words("tcp"), LIMIT);
            daemon.stop();
            assertEquals(closed, net.lb.run("sysctl", "-n", "net.ipv4.ping_group_range"));
        }
    }

    @Test
    void echoesGoOverRawSocketsWhereOthersAreForbidden() {
        try (Lab lab = Lab.open()) {
            Net net = new Net(lab);
            net.lb.set("net.ipv4.ping_group_range", "1 0");
            List<Case> cases =
                    List.of(
                            ping(1, "", "succeeded"),
                            ping(2, "connect_ip fd00:1::1", "succeeded"),
                            ping(3, "connect_ip 127.0.0.1\nbind_port 9", "succeeded"),
                            ping(4, "connect_ip " + ABSENT + "\nconnect_timeout 10", "failed"));
            Daemon daemon =
                    Daemon.of(Software.HOLDFAST, net.lb, text("", "TCP", cases))
                            .mount(
                                    lab.file("range", "1\t0\n"),
                                    "/proc/sys/net/ipv4/ping_group_range")
                            .start();
            awaitVerdicts(daemon, "tcp", cases);
            assertEquals(
                    List.of("1", "0"),
                    List.of(
                            net.lb
                                    .run("sysctl", "-n", "net.ipv4.ping_group_range")
                                    .strip()
                                    .split("\t")),
                    "who may not change it does not");
            daemon.stop();
        }
    }

    @Test
    void filesMoveWeightsAndTakeServersOut() {
        try (Lab lab = Lab.open()) {
            Net net = new Net(lab);
            Path load = lab.file("load", "2\n");
            Path down = lab.file("down", "0\n");
            String files =
                    """
                    track_file load {
                      file %s
                      weight 3
                    }
                    track_file down {
                      file %s
                    }
                    """
                            .formatted(load, down);
            List<Case> cases =
                    List.of(
                            new Case(SERVER, 80, "FILE_CHECK", "track_file load", "succeeded"),
                            new Case(
                                    SECOND,
                                    80,
                                    "FILE_CHECK",
                                    "track_file down\nweight 0",
                                    "succeeded"));
            String text = text(files, "TCP", cases).replace("warmup 0", "").replace("retry 0", "");
            Daemon daemon = Daemon.start(Software.HOLDFAST, net.lb, text);
            awaitVerdicts(daemon, "tcp", cases);
            lab.file("load", "-1\n");
            daemon.awaitLog("weight goes from 7 to 0", LIMIT);
            lab.file("load", "5\n");
            daemon.awaitLog("weight goes from 0 to 16", LIMIT);
            lab.file("down", "1\n");
            daemon.awaitLog("[%s]:tcp:80 of [10.0.0.10]:tcp:7 is DOWN".formatted(SECOND), LIMIT);
            lab.file("down", "0\n");
            daemon.awaitLog("[%s]:tcp:80 of [10.0.0.10]:tcp:7 is UP".formatted(SECOND), LIMIT);

            // A reload finds the file as it is.
            lab.file("other", "9\n");
            daemon.reload(text.replace(load.toString(), lab.directory() + "/other"));
            String found = cases.getFirst().words("tcp");
            Await.until(
                    "the other file is read",
                    LIMIT,
                    () -> occurrences(daemon.log(), found) == 2,
                    daemon::log);
            lab.file("other", "4\n");
            daemon.awaitLog("weight goes from 28 to 13", LIMIT);
            daemon.stop();
        }
    }

    @Test
    void oneDatagramAsksForAllWhoWantToKnow() {
        try (Lab lab = Lab.open()) {
            Net net = new Net(lab);
            net.rude();
            String text =
                    text(
                            "",
                            "UDP",
                            List.of(
                                    new Case(
                                            SERVER,
                                            RudeServers.COUNTED,
                                            "UDP_CHECK",
                                            "delay_loop 600\nrequire_reply",
                                            "")));
            String service = text.substring(text.indexOf("virtual_server"));
            String both = text + service.replace("10.0.0.10", "10.0.0.11");
            Daemon daemon = Daemon.start(Software.HOLDFAST, net.lb, both);
            daemon.awaitLog("for [10.0.0.10]:udp:7 succeeded", LIMIT);
            daemon.awaitLog("for [10.0.0.11]:udp:7 succeeded", LIMIT);
            assertEquals(1, occurrences(net.log("rude.log"), "counted"));
            daemon.stop();
            assertFalse(daemon.log().contains("ERROR"), daemon.log());
        }
    }
}
