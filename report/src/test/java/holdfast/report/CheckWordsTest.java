package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect.CheckTurned;
import holdfast.balance.BalanceReport;
import holdfast.balance.BalanceSpec;
import holdfast.balance.CheckerId;
import holdfast.balance.CheckerSpec;
import holdfast.balance.Forwarding;
import holdfast.balance.Protocol;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.Scheduler;
import holdfast.balance.ServiceKey;
import holdfast.balance.ServiceStatus;
import holdfast.balance.Traffic;
import holdfast.balance.VirtualServerSpec;
import holdfast.net.Endpoint;
import holdfast.net.Ipv4Address;
import holdfast.probe.Connection;
import holdfast.probe.DnsSpec;
import holdfast.probe.ProbeSpec;
import holdfast.probe.UdpSpec;
import holdfast.report.mail.MailRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How each kind of check is called in the log, in dumps and in mails.
class CheckWordsTest {

    private static final Endpoint HOST = new Endpoint(Ipv4Address.of(10, 0, 0, 5), 25);
    private static final ServiceKey.Single SERVICE =
            new ServiceKey.Address(Protocol.TCP, new Endpoint(Ipv4Address.of(192, 0, 2, 1), 25));
    private static final Connection TO = Connection.to(HOST);

    private static ProbeSpec probe(String kind) {
        return switch (kind) {
            case "TCP_CHECK" -> new ProbeSpec.Tcp(TO);
            case "SMTP_CHECK" -> new ProbeSpec.Smtp(TO, "lb1");
            case "DNS_CHECK" -> new ProbeSpec.Dns(TO, new DnsSpec(".", DnsSpec.Type.SOA));
            case "UDP_CHECK" -> new ProbeSpec.Udp(TO, new UdpSpec("", false, "", 0, 255));
            case "PING_CHECK" -> new ProbeSpec.Ping(TO);
            case "FILE_CHECK" -> new ProbeSpec.File("/run/load", 0, false);
            default -> throw new AssertionError(kind);
        };
    }

    private static VirtualServerSpec service(ProbeSpec probe) {
        Duration second = Duration.ofSeconds(1);
        CheckerSpec checker =
                new CheckerSpec(probe, second, second, 0, second, second, false, false);
        RealServerSpec server =
                new RealServerSpec(
                        HOST,
                        1,
                        new Forwarding.Nat(),
                        false,
                        0,
                        0,
                        List.of(checker),
                        Optional.empty(),
                        Optional.empty(),
                        true);
        return new VirtualServerSpec(
                SERVICE,
                Scheduler.plain("rr"),
                Optional.empty(),
                List.of(server),
                Optional.empty(),
                QuorumSpec.ONE,
                false,
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP_CHECK,  TCP CHECK failed on service,        TCP CHECK succeed on service",
        "SMTP_CHECK, CHECK failed on service : the cause, CHECK succeed on service",
        "DNS_CHECK,  DNS_CHECK: failed on service,       DNS_CHECK: succeed on service",
        "UDP_CHECK,  UDP CHECK failed on service,        UDP CHECK succeed on service",
        "PING_CHECK, ICMP CHECK failed on service,       ICMP CHECK succeed on service",
        "FILE_CHECK, FILE CHECK failed on service,       FILE CHECK succeed on service",
    })
    void everyKindHasItsWords(String kind, String failed, String succeeded) {
        ProbeSpec probe = probe(kind);
        CheckTurned down = turned(probe, false);
        CheckTurned up = turned(probe, true);
        String where = kind + " of [10.0.0.5]:tcp:25 for [192.0.2.1]:tcp:25 ";
        assertEquals(where + "failed: the cause", BalanceLog.of(down).getFirst().text());
        assertEquals(where + "succeeded", BalanceLog.of(up).getFirst().text());

        BalanceMails mails = new BalanceMails();
        mails.expect(new BalanceSpec(List.of(service(probe)), false, true));
        MailRules rules = new MailRules("lb1", false, false);
        assertEquals("=> " + failed + " <=", mails.of(down, rules).orElseThrow().body());
        assertEquals("=> " + succeeded + " <=", mails.of(up, rules).orElseThrow().body());

        String dump = BalanceDump.of(new BalanceReport(List.of(status(probe)), List.of()));
        String line = "[10.0.0.5]:tcp:25 down, weight 1, checks " + kind + " down, TCP_CHECK up\n";
        assertTrue(dump.contains(line), dump);
    }

    @Test
    void countersAreInTheDumpAndInJson() {
        Traffic.Total total = new Traffic.Total(3, 9, 8, 700, 600);
        List<Traffic> traffic =
                List.of(
                        new Traffic(
                                SERVICE, Optional.empty(), Optional.empty(), Optional.of(total)),
                        new Traffic(
                                SERVICE,
                                Optional.of(HOST),
                                Optional.of(new Traffic.Connections(1, 2, 0)),
                                Optional.of(total)));
        ProbeSpec probe = probe("TCP_CHECK");
        BalanceReport report = new BalanceReport(List.of(status(probe)), traffic);
        String dump = BalanceDump.of(report);
        String totals = "3 connections, 9 packets in, 8 packets out, 700 bytes in, 600 bytes out\n";
        assertTrue(dump.contains("     [192.0.2.1]:tcp:25: " + totals), dump);
        String server = "     [192.0.2.1]:tcp:25 [10.0.0.5]:tcp:25: ";
        assertTrue(dump.contains(server + "1 active, 2 inactive, 0 persistent; " + totals), dump);
        String json = BalanceJson.of(report);
        assertTrue(
                json.contains(
                        "\"server\":\"[10.0.0.5]:tcp:25\",\"active_connections\":1,"
                                + "\"inactive_connections\":2,\"persistent_connections\":0,"
                                + "\"connections\":3,\"packets_in\":9,\"packets_out\":8,"
                                + "\"bytes_in\":700,\"bytes_out\":600}"),
                json);
    }

    private static CheckTurned turned(ProbeSpec probe, boolean up) {
        String reason = up ? "" : "the cause";
        return new CheckTurned(new CheckerId(SERVICE, HOST, 0), probe, up, reason, false);
    }

    private static ServiceStatus status(ProbeSpec probe) {
        VirtualServerSpec spec = service(probe);
        ServiceStatus.ServerStatus server =
                new ServiceStatus.ServerStatus(
                        spec.servers().getFirst(),
                        false,
                        1,
                        List.of(
                                new ServiceStatus.CheckStatus(probe, false),
                                new ServiceStatus.CheckStatus(probe("TCP_CHECK"), true)));
        return new ServiceStatus(spec, true, 1, false, List.of(server), List.of());
    }
}
