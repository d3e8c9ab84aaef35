package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import holdfast.bfd.Authentication;
import holdfast.bfd.AuthenticationKey;
import holdfast.bfd.BfdEffect;
import holdfast.bfd.BfdEvent;
import holdfast.bfd.BfdNode;
import holdfast.bfd.BfdSpec;
import holdfast.bfd.Conduct;
import holdfast.bfd.Diagnostic;
import holdfast.bfd.Path;
import holdfast.bfd.SessionSpec;
import holdfast.bfd.State;
import holdfast.bfd.Timers;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of sessions of BFD.
class BfdReportTest {

    @Test
    void linesAreThoseThatMonitoringSearchesFor() {
        assertEquals(
                List.of("NOTABLE (B1) Entering Up state"),
                lines(new BfdEffect.StateChanged("B1", State.INIT, State.UP, Diagnostic.NONE, 1)));
        assertEquals(
                List.of(
                        "GRAVE (B1) Entering Down state (Local diagnostic - Control Detection Time"
                                + " Expired, Remote diagnostic - Unknown 12)"),
                lines(
                        new BfdEffect.StateChanged(
                                "B1",
                                State.UP,
                                State.DOWN,
                                Diagnostic.DETECTION_TIME_EXPIRED,
                                12)));
    }

    private static List<String> lines(BfdEffect effect) {
        return BfdLog.of(effect).stream().map(line -> line.gravity() + " " + line.text()).toList();
    }

    @Test
    void theDumpHasWhatIsToldAndWhatIsSoAndNoKey() {
        var keys =
                List.of(
                        new AuthenticationKey(
                                3, new Secret("geheim".getBytes(StandardCharsets.UTF_8))));
        SessionSpec session =
                new SessionSpec(
                        "B1",
                        Path.to(IpAddress.parse("10.9.0.2").orElseThrow()),
                        Timers.DEFAULT,
                        true,
                        new Authentication.KeyedSha1(keys, 3, false));
        BfdNode node = new BfdNode(1);
        MonoTime now = new MonoTime(0);
        node.on(now, new BfdEvent.Respecified(new BfdSpec(List.of(session), Conduct.USUAL)));
        String dump =
                BfdDump.of(
                        node.status(),
                        node.dropped(),
                        List.of("B1"),
                        List.of(),
                        new Clocks(now, Instant.EPOCH));
        assertFalse(dump.contains("geheim"), dump);
        assertEquals(
                """
                ------< BFD Data >------
                   Ignored packets for no session = 0
                ------< BFD Topology >------
                 BFD Instance = B1
                   Neighbor IP = 10.9.0.2
                   Required min RX interval = 10000 us
                   Desired min TX interval = 10000 us
                   Desired idle TX interval = 1000000 us
                   Detection multiplier = 5
                   TTL = 255
                   max_hops = 0
                   multihop = false
                   passive = true
                   authentication = SHA1, key 3 of 1
                   send event to VRRP process = Yes
                   send event to checker process = No
                   local state = Down
                   remote state = Down
                """,
                dump.substring(0, dump.indexOf("   local discriminator")));
    }
}
