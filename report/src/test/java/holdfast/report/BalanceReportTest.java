package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect;
import holdfast.balance.CheckerId;
import holdfast.balance.Forwarding;
import holdfast.balance.Protocol;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.Ipv4Address;
import holdfast.probe.Connection;
import holdfast.probe.ProbeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BalanceReportTest {

    private static final ServiceKey WEB =
            new ServiceKey.Address(Protocol.TCP, new Endpoint(Ipv4Address.of(192, 0, 2, 1), 80));
    private static final ServiceKey MARK = new ServiceKey.Mark(7, Family.INET);
    private static final Endpoint HOST = new Endpoint(Ipv4Address.of(10, 0, 0, 5), 8080);
    private static final RealServerSpec SERVER =
            new RealServerSpec(
                    HOST,
                    1,
                    new Forwarding.Nat(),
                    false,
                    0,
                    0,
                    List.of(),
                    Optional.of(Examples.script("/up")),
                    Optional.of(Examples.script("/down")),
                    true);
    private static final QuorumSpec QUORUM =
            new QuorumSpec(
                    2,
                    1,
                    Optional.of(Examples.script("/qup")),
                    Optional.of(Examples.script("/qdown")));

    private static String told(BalanceEffect fact) {
        Announcement said = BalanceAnnouncements.of(fact);
        return said.scripts() + " " + said.fifoLine().replace("\n", "$").replace("\0", "0");
    }

    private static String log(BalanceEffect fact) {
        return BalanceLog.of(fact).getFirst().gravity()
                + " "
                + BalanceLog.of(fact).getFirst().text();
    }

    @Test
    void linesEndInANewlineAndANul() {
        assertEquals(
                "[/up] RS [10.0.0.5]:tcp:8080 [192.0.2.1]:tcp:80 UP$0",
                told(new BalanceEffect.ServerTurned(WEB, SERVER, true, true)));
        assertEquals(
                "[/down] RS [10.0.0.5]:none:8080 FWM 7 DOWN$0",
                told(new BalanceEffect.ServerTurned(MARK, SERVER, false, true)));
        assertEquals(
                "[/qdown] VS [192.0.2.1]:tcp:80 DOWN$0",
                told(new BalanceEffect.QuorumChanged(WEB, QUORUM, false, 0, 1)));
        assertEquals(
                "[/qup] VS FWM 7 UP$0",
                told(new BalanceEffect.QuorumChanged(MARK, QUORUM, true, 3, 3)));
    }

    @Test
    void aRemovedServerSaysDownAndAnUntoldOneNothing() {
        assertEquals(
                "[/down] RS [10.0.0.5]:tcp:8080 [192.0.2.1]:tcp:80 DOWN$0",
                told(new BalanceEffect.ServerRemoved(WEB, SERVER)));
        assertTrue(
                BalanceAnnouncements.of(new BalanceEffect.ServerTurned(WEB, SERVER, true, false))
                        .isEmpty());
    }

    @Test
    void theLogSaysWhichCheckAndWhy() {
        CheckerId checker = new CheckerId(WEB, HOST, 0);
        ProbeSpec tcp = new ProbeSpec.Tcp(Connection.to(HOST));
        assertEquals(
                "NOTABLE TCP_CHECK of [10.0.0.5]:tcp:8080 for [192.0.2.1]:tcp:80 failed:"
                        + " connection refused",
                log(
                        new BalanceEffect.CheckTurned(
                                checker, tcp, false, "connection refused", false)));
        assertEquals(
                "PLAIN TCP_CHECK of [10.0.0.5]:tcp:8080 for [192.0.2.1]:tcp:80 failed 1 time: slow",
                log(new BalanceEffect.CheckFailed(checker, tcp, "slow", 1)));
        assertEquals(
                "NOTABLE TCP_CHECK of [10.0.0.5]:tcp:8080 for [192.0.2.1]:tcp:80: the certificate"
                        + " expires in 1 day",
                log(new BalanceEffect.CertificateEnding(checker, tcp, Duration.ofHours(47))));
        assertEquals(
                "NOTABLE TCP_CHECK of [10.0.0.5]:tcp:8080 for [192.0.2.1]:tcp:80: the certificate"
                        + " expired 3 days ago",
                log(new BalanceEffect.CertificateEnding(checker, tcp, Duration.ofDays(-3))));
        assertEquals(
                "NOTABLE TCP_CHECK of [10.0.0.5]:tcp:8080 for [192.0.2.1]:tcp:80: the body has 1"
                        + " octet, Content-Length announced 12 octets",
                log(new BalanceEffect.LengthDiffers(checker, tcp, 0, 12, 1)));
        assertEquals(
                "GRAVE Service [192.0.2.1]:tcp:80 lost its quorum: live weight 0, needed 1",
                log(new BalanceEffect.QuorumChanged(WEB, QUORUM, false, 0, 1)));
    }
}
