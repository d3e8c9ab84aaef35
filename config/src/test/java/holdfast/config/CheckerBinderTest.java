package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import holdfast.balance.CheckerSpec;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.probe.Connection;
import holdfast.probe.DnsSpec;
import holdfast.probe.ProbeSpec;
import holdfast.probe.UdpSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the text makes of mail, name, datagram and echo checks.
class CheckerBinderTest {

    private static final String WAY =
            """
            connect_ip 10.0.0.7
            connect_port 7
            bindto 10.0.0.8
            bind_port 8
            bind_if eth0
            fwmark 9
            """;

    private static final String PACE =
            """
            connect_timeout 1.5
            retry 4
            delay_before_retry 2
            warmup 3
            delay_loop 5
            alpha
            log_all_failures
            """;

    private static Loaded load(String checkers) {
        return load("", checkers);
    }

    private static Loaded load(String before, String checkers) {
        return Configurations.load(
                """
                %s
                virtual_server 192.0.2.1 25 {
                    protocol TCP
                    lb_algo rr
                    lb_kind NAT
                    delay_loop 20
                    real_server 10.0.0.1 25 {
                        %s
                    }
                }
                """
                        .formatted(before, checkers));
    }

    private static List<CheckerSpec> checkers(String text) {
        return load(text)
                .configuration()
                .balance()
                .services()
                .getFirst()
                .servers()
                .getFirst()
                .checkers();
    }

    private static CheckerSpec checker(String text) {
        List<CheckerSpec> all = checkers(text);
        assertEquals(1, all.size(), all::toString);
        return all.getFirst();
    }

    private static Endpoint at(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }

    private static Connection connection(ProbeSpec spec) {
        return switch (spec) {
            case ProbeSpec.Smtp(var to, _) -> to;
            case ProbeSpec.Dns(var to, _) -> to;
            case ProbeSpec.Udp(var to, _) -> to;
            case ProbeSpec.Ping(var to) -> to;
            case ProbeSpec.Tcp _,
                    ProbeSpec.Http _,
                    ProbeSpec.Https _,
                    ProbeSpec.Script _,
                    ProbeSpec.Session _,
                    ProbeSpec.File _ ->
                    throw new AssertionError(spec);
        };
    }

    @ParameterizedTest
    @CsvSource({"SMTP_CHECK", "DNS_CHECK", "UDP_CHECK", "PING_CHECK"})
    void wayAndPaceAreWhatTheCheckerSays(String kind) {
        CheckerSpec spec = checker(kind + " {\n" + WAY + PACE + "}\n");
        assertEquals(
                new Connection(
                        at("10.0.0.7", 7), IpAddress.parse("10.0.0.8"), 8, Optional.of("eth0"), 9),
                connection(spec.probe()));
        assertEquals(
                new CheckerSpec(
                        spec.probe(),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1500),
                        4,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        true,
                        true),
                spec);
    }

    @ParameterizedTest
    @CsvSource({"SMTP_CHECK, 1, 1", "DNS_CHECK, 3, 20", "UDP_CHECK, 1, 1", "PING_CHECK, 1, 1"})
    void whatIsNotSaidIsUsual(String kind, int retry, int delay) {
        CheckerSpec spec = checker(kind + " {\n}\n");
        assertEquals(Connection.to(at("10.0.0.1", 25)), connection(spec.probe()));
        assertEquals(
                new CheckerSpec(
                        spec.probe(),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        retry,
                        Duration.ofSeconds(delay),
                        Duration.ofSeconds(20),
                        false,
                        false),
                spec);
    }

    @Test
    void namesAndTypesAreAsWritten() {
        assertEquals(
                new DnsSpec(".", DnsSpec.Type.SOA),
                assertInstanceOf(ProbeSpec.Dns.class, checker("DNS_CHECK {\n}\n").probe())
                        .question());
        assertEquals(
                new DnsSpec("www.example.com", DnsSpec.Type.AAAA),
                question("type aaaa\nname www.example.com"));
        assertEquals(new DnsSpec(".", DnsSpec.Type.A), question("type A\nname a..b"));
        assertEquals(5, load("DNS_CHECK {\nname a..b\n}\n").exitStatus());
    }

    private static DnsSpec question(String text) {
        ProbeSpec probe = checker("DNS_CHECK {\n" + text + "\n}\n").probe();
        return assertInstanceOf(ProbeSpec.Dns.class, probe).question();
    }

    private static UdpSpec udp(String text) {
        ProbeSpec probe = checker("UDP_CHECK {\n" + text + "\n}\n").probe();
        return assertInstanceOf(ProbeSpec.Udp.class, probe).udp();
    }

    @Test
    void datagramsAreHexadecimal() {
        UdpSpec usual = udp("");
        assertEquals(64, usual.payload().length());
        assertEquals(new UdpSpec(usual.payload(), false, "", 0, 255), usual);
        assertEquals(
                new UdpSpec("0102ab", true, "", 4, 8),
                udp("payload 01 02aB\nrequire_reply\nmin_reply_length 4\nmax_reply_length 8"));
        assertEquals("01230405", udp("payload 01234 5").payload());
        assertEquals(
                new UdpSpec("000102", true, "010x34xx0x5x", 0, 255),
                udp("payload 0 1 2\nrequire_reply 1 0X 34xx x 5x"));
        assertEquals(usual.payload(), udp("payload 1x").payload());
        assertEquals(5, load("UDP_CHECK {\npayload 1x\n}\n").exitStatus());
        assertEquals(5, load("UDP_CHECK {\nmin_reply_length 300\n}\n").exitStatus());
    }

    @Test
    void hostsAreCheckersOfTheirOwn() {
        List<CheckerSpec> specs =
                checkers(
                        """
                        SMTP_CHECK {
                            helo_name lb1.example
                            connect_port 2525
                            retry 4
                            host {
                                connect_ip 10.0.0.2
                                retry 6
                            }
                            host {
                                connect_ip 10.0.0.3
                                connect_port 26
                                bindto 10.0.0.9
                                alpha
                            }
                        }
                        """);
        assertEquals(
                List.of(at("10.0.0.1", 2525), at("10.0.0.2", 25), at("10.0.0.3", 26)),
                specs.stream().map(spec -> connection(spec.probe()).target()).toList());
        assertEquals(List.of(4, 6, 4), specs.stream().map(CheckerSpec::retry).toList());
        assertEquals(List.of(false, false, true), specs.stream().map(CheckerSpec::alpha).toList());
        for (CheckerSpec spec : specs) {
            assertEquals(
                    "lb1.example", assertInstanceOf(ProbeSpec.Smtp.class, spec.probe()).heloName());
        }
        assertEquals(
                "smtpchecker.keepalived.org",
                assertInstanceOf(ProbeSpec.Smtp.class, checker("SMTP_CHECK {\n}\n").probe())
                        .heloName());
    }

    private static final String FILES =
            """
            track_file plain {
                file /plain
            }
            track_file heavy {
                file /heavy
                weight -7 reverse
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "track_file plain,                        /plain, 1,           false",
        "track_file heavy,                        /heavy, -7,          true",
        "'track_file heavy\nweight 5',            /heavy, 5,           false",
        "'track_file plain\nweight 0 reverse',    /plain, 0,           true",
        "'weight -2147483647\ntrack_file plain',  /plain, -2147483647, false",
        "'track_file heavy\nweight 3 noreverse',  /heavy, 3,           false",
    })
    void filesHaveTheirOwnWeightsOrThoseOfTheCheck(
            String text, String path, int weight, boolean reverse) {
        Loaded loaded = file(text);
        assertEquals(0, loaded.exitStatus(), () -> loaded.diagnostics().toString());
        CheckerSpec spec = only(loaded);
        assertEquals(new ProbeSpec.File(path, weight, reverse), spec.probe());
    }

    @ParameterizedTest
    @CsvSource({"weight 1", "track_file other", "'track_file plain\nweight 2 wrong'"})
    void mistakesInFileChecksAreSaid(String text) {
        assertEquals(5, file(text).exitStatus());
    }

    private static Loaded file(String text) {
        return load(FILES, "FILE_CHECK {\n" + text + "\n}\n");
    }

    private static CheckerSpec only(Loaded loaded) {
        return loaded.configuration()
                .balance()
                .services()
                .getFirst()
                .servers()
                .getFirst()
                .checkers()
                .getFirst();
    }

    @Test
    void probesAreSharedUnlessThatIsSwitchedOff() {
        String checker = "TCP_CHECK {\n}\n";
        assertEquals(true, load(checker).configuration().balance().sharesProbes());
        for (String off : List.of("off", "no", "false")) {
            Loaded loaded = load("global_defs {\nchecker_share_probes " + off + "\n}\n", checker);
            assertEquals(false, loaded.configuration().balance().sharesProbes());
            assertEquals(0, loaded.exitStatus());
        }
    }
}
