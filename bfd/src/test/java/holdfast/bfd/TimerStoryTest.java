package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// At which intervals packets go and are expected, and how that changes.
class TimerStoryTest {

    private static Host respecified(Host host, SessionSpec next) {
        return host.tell(new BfdEvent.Respecified(new BfdSpec(List.of(next), Conduct.USUAL)));
    }

    private static long transmit(Host host) {
        return host.status().intervals().transmit().toMillis();
    }

    private static long detection(Host host) {
        return host.status().intervals().detection().toMillis();
    }

    // Conforms: 5880-slow
    @Test
    void aSessionThatIsNotUpIsSlow() {
        Host host = new Host(1, Host.session(false));
        assertEquals(1_000_000_000, PacketCodec.minTxNanos(host.last().in()));
        host.until(10_000);
        gaps(host, 750, 900);
    }

    // Conforms: 5880-interval, 5880-jitter
    @Test
    void intervalsAreShortenedByTenToTwentyFivePercent() {
        Host host = new Host(1, Host.session(false)).up();
        for (int at = 100; at < 10_000; at += 100) {
            host.until(at).hears(State.UP, 0);
        }
        assertTrue(host.sent().size() > 200);
        gaps(host, 37, 46);
        host.hears(host.packet(State.UP, 0, 255, 50, 200)).skip();
        host.until(15_000);
        gaps(host, 150, 180);
    }

    // Conforms: 5880-jitter, 5880-jitter-one
    @Test
    void theStandardShortensByLessUnlessOnePacketCounts() {
        for (int multiplier : new int[] {1, 3}) {
            Host host =
                    new Host(
                            1,
                            new BfdSpec(
                                    List.of(Host.session(false, 50, 50, multiplier)),
                                    new Conduct(true, false, false)));
            host.until(200_000);
            gaps(host, 750, multiplier == 1 ? 900 : 1_000);
            long slow = 0;
            for (int i = 1; i < host.sent().size(); i++) {
                slow += gap(host, i) > 900_000_000 ? 1 : 0;
            }
            assertEquals(multiplier > 1, slow > 0);
        }
    }

    // Conforms: 5880-poll-change, 5880-tx-increase
    @Test
    void aLongerIntervalWaitsForTheNeighbour() {
        Host host =
                respecified(new Host(1, Host.session(false)).up(), Host.session(false, 50, 90, 3));
        assertEquals(50, transmit(host));
        host.until(45);
        assertTrue(host.last().has(PacketCodec.POLL));
        assertEquals(90_000_000, PacketCodec.minTxNanos(host.last().in()));
        host.hears(State.UP, PacketCodec.FINAL);
        assertEquals(90, transmit(host));
        assertFalse(host.status().polling());
    }

    // Conforms: 5880-rx-decrease
    @Test
    void lessPatienceWaitsForTheNeighbour() {
        Host host = new Host(1, Host.session(false)).up();
        host.hears(host.packet(State.UP, 0, 3, 10, 10));
        respecified(host, Host.session(false, 20, 50, 3));
        host.until(45).hears(host.packet(State.UP, 0, 3, 10, 10));
        assertEquals(150, detection(host));
        host.hears(host.packet(State.UP, PacketCodec.FINAL, 3, 10, 10));
        assertEquals(60, detection(host));
    }

    @Test
    void aChangeDuringAPollIsPolledAboutAgain() {
        Host host =
                respecified(new Host(1, Host.session(false)).up(), Host.session(false, 50, 90, 3));
        host.until(45);
        respecified(host, Host.session(false, 50, 120, 3));
        host.hears(State.UP, PacketCodec.FINAL);
        assertTrue(host.status().polling());
        assertEquals(50, transmit(host));
        host.until(90).hears(State.UP, PacketCodec.FINAL);
        assertEquals(120, transmit(host));
    }

    // Conforms: 5880-not-welcome
    @Test
    void aNeighbourThatWantsNoPacketsGetsAnswersOnly() {
        Host host = new Host(1, Host.session(false)).up();
        host.hears(host.packet(State.UP, 0, 255, 50, 0)).skip().until(1_000);
        assertEquals(List.of(), host.sent());
        host.hears(host.packet(State.UP, PacketCodec.POLL, 255, 50, 0));
        assertTrue(host.last().has(PacketCodec.FINAL));
    }

    // Conforms: 5880-demand
    @Test
    void aNeighbourInDemandModeGetsPacketsOnlyAsPolls() {
        Host host = new Host(1, Host.session(false)).up();
        byte[] demand = host.packet(State.UP, PacketCodec.DEMAND, 255, 50, 50);
        host.hears(demand).skip().until(1_000);
        assertEquals(List.of(), host.sent());
        respecified(host, Host.session(false, 60, 50, 3)).until(1_100);
        assertTrue(host.last().has(PacketCodec.POLL));
        host.hears(host.packet(State.UP, PacketCodec.DEMAND | PacketCodec.FINAL, 255, 50, 50));
        host.skip().until(2_000);
        assertEquals(List.of(), host.sent());
    }

    // Conforms: 5880-demand-end
    @Test
    void aNeighbourThatLeavesDemandModeGetsPacketsAgain() {
        Host host = new Host(1, Host.session(false)).up();
        host.hears(host.packet(State.UP, PacketCodec.DEMAND, 255, 50, 50)).skip().until(1_000);
        host.hears(host.packet(State.UP, 0, 255, 50, 50)).skip().until(2_000);
        gaps(host, 37, 46);
        host.hears(host.packet(State.UP, PacketCodec.DEMAND, 255, 50, 50));
        host.hears(host.packet(State.DOWN, PacketCodec.DEMAND, 255, 50, 50)).skip().until(10_000);
        gaps(host, 750, 900);
    }

    // Conforms: 5880-honour-at-once
    @Test
    void aNeighbourThatBearsMoreGetsItFromTheLastPacketOn() {
        Host host = new Host(1, Host.session(false)).up();
        host.hears(host.packet(State.UP, 0, 255, 50, 1_000));
        host.until(2_000).skip().until(5_000);
        final MonoTime last = host.last().at();
        host.until(last.plus(Duration.ofMillis(20)));
        host.hears(host.packet(State.UP, 0, 255, 50, 50)).skip().until(host.now());
        assertEquals(List.of(), host.sent());
        host.until(last.plus(Duration.ofMillis(46)));
        assertEquals(1, host.sent().size());
        long gap = host.last().at().since(last).toMillis();
        assertTrue(gap >= 37 && gap <= 45, "gap " + gap);

        host.hears(host.packet(State.UP, 0, 255, 50, 1_000));
        MonoTime late = host.last().at().plus(Duration.ofMillis(500));
        host.until(late).hears(host.packet(State.UP, 0, 255, 50, 50)).until(late);
        assertEquals(late, host.last().at());
    }

    // Conforms: 5880-remote-min-rx
    @Test
    void aNeighbourThatWasNeverHeardIsTakenToBearEverything() {
        Host host = new Host(1, Host.session(false));
        assertEquals(Duration.ofSeconds(1), host.status().intervals().transmit());
    }

    // Conforms: 5880-no-demand
    @Test
    void nobodyIsAskedToSendOnlyOnDemand() {
        Host host = new Host(1, Host.session(false)).hears(State.DOWN, PacketCodec.DEMAND);
        host.hears(State.INIT, PacketCodec.DEMAND).until(100).hears(State.UP, PacketCodec.POLL);
        assertEquals(State.UP, host.state());
        for (Host.Sent packet : host.sent()) {
            assertFalse(packet.has(PacketCodec.DEMAND));
        }
    }

    @Test
    void aReloadKeepsTheSessionByName() {
        Host host = new Host(1, Host.session(false)).up();
        int discriminator = host.status().discriminator();
        respecified(host, Host.session(true, 50, 50, 9));
        assertEquals("verdict up\n", host.told());
        assertEquals(discriminator, host.status().discriminator());

        SessionSpec elsewhere = new SessionSpec("a", Path.to(Host.HERE), Timers.DEFAULT, false);
        respecified(host.skip(), elsewhere);
        assertEquals("close a\nverdict down\n", host.told());
        assertEquals(State.DOWN, host.state());
    }

    @Test
    void theEndIsAnnouncedOnRequest() {
        for (boolean announces : new boolean[] {false, true}) {
            Host host =
                    new Host(
                                    1,
                                    new BfdSpec(
                                            List.of(Host.session(false)),
                                            new Conduct(false, announces, false)))
                            .up();
            host.tell(new BfdEvent.StopRequested());
            assertEquals(announces ? 1 : 0, host.sent().size());
            if (announces) {
                assertEquals(State.ADMIN_DOWN, host.last().state());
            }
            assertTrue(host.told().endsWith("close a\n"));
        }
    }

    private static long gap(Host host, int packet) {
        return host.sent().get(packet).at().nanos() - host.sent().get(packet - 1).at().nanos();
    }

    /// All packets since the last skip follow each other in so many milliseconds.
    private static void gaps(Host host, long least, long most) {
        assertTrue(host.sent().size() > 2);
        for (int i = 1; i < host.sent().size(); i++) {
            long gap = gap(host, i);
            assertTrue(gap >= least * 1_000_000 && gap <= most * 1_000_000, "gap " + gap);
        }
    }
}
