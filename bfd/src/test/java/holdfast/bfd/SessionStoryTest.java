package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.time.MonoTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of a session by what it hears, or does not.
class SessionStoryTest {

    // Conforms: 5880-start-down, 5880-remote-state, 5880-transitions
    @Test
    void aSessionComesUpInThreeSteps() {
        Host host = new Host(1, Host.session(false));
        assertEquals(State.DOWN, host.last().state());

        host.hears(State.DOWN, 0).hears(State.INIT, 0);

        assertEquals(
                """
                verdict down
                DOWN -> INIT NONE
                INIT -> UP NONE
                verdict up
                """,
                host.told());
        assertEquals(State.INIT, host.status().remoteState());
        assertTrue(host.last().has(PacketCodec.POLL));
        assertEquals(State.UP, host.last().state());
    }

    // Conforms: 5880-transitions
    @Test
    void eachStateFollowsThatOfTheNeighbour() {
        State[][] table = {
            {State.DOWN, State.INIT, State.UP, State.DOWN},
            {State.DOWN, State.INIT, State.UP, State.UP},
            {State.DOWN, State.DOWN, State.UP, State.UP},
        };
        State[] from = {State.DOWN, State.INIT, State.UP};
        for (int i = 0; i < from.length; i++) {
            for (State heard : State.values()) {
                Host host = new Host(1, Host.session(false));
                if (from[i] != State.DOWN) {
                    host.hears(State.DOWN, 0);
                }
                if (from[i] == State.UP) {
                    host.hears(State.INIT, 0);
                }
                assertEquals(from[i], host.state());
                host.hears(host.packet(heard, 0, 3, 50, 50));
                assertEquals(table[i][heard.code()], host.state(), from[i] + " hears " + heard);
            }
        }
    }

    // Conforms: 5880-detection, 5880-expire
    @Test
    void silenceIsNoticedAfterTheDetectionTime() {
        Host host = new Host(1, Host.session(false)).up();
        int before = host.status().discriminator();

        host.until(149);
        assertEquals(State.UP, host.state());
        host.until(150);

        assertEquals("UP -> DOWN DETECTION_TIME_EXPIRED\nverdict down\n", host.told());
        assertEquals(State.DOWN, host.last().state());
        assertEquals(new MonoTime(150_000_000), host.last().at());
        assertEquals(before, host.status().discriminator());
        assertEquals(0, host.status().remoteDiscriminator());
    }

    // Conforms: 5880-expire
    @Test
    void aSessionThatIsHalfUpExpiresByNothingButSilence() {
        Host host = new Host(1, Host.session(false)).hears(State.DOWN, 0).skip();
        for (int at = 0; at < 1_000; at += 100) {
            host.until(at).hears(State.DOWN, 0);
        }
        assertEquals("", host.told());
        host.until(1_100);
        assertEquals("INIT -> DOWN DETECTION_TIME_EXPIRED\n", host.told());
    }

    // Conforms: 5880-detection
    @Test
    void theDetectionTimeIsMadeOfWhatTheNeighbourSends() {
        Host host = new Host(1, Host.session(false)).up();
        host.hears(host.packet(State.UP, 0, 7, 80, 50));
        assertEquals(560, host.status().intervals().detection().toMillis());
        host.hears(host.packet(State.UP, 0, 7, 20, 50));
        assertEquals(350, host.status().intervals().detection().toMillis());
    }

    // Conforms: 5880-remote-discr
    @Test
    void aNeighbourThatIsSilentIsForgottenAlsoWhileDown() {
        Host host = new Host(1, Host.session(false)).up().hears(State.DOWN, 0);
        assertEquals(Host.ITS_DISCRIMINATOR, host.status().remoteDiscriminator());
        host.until(150);
        assertEquals(0, host.status().remoteDiscriminator());
        assertEquals(Diagnostic.NEIGHBOUR_SIGNALED_DOWN, host.status().diagnostic());
    }

    @Test
    void aNeighbourThatIsShutDownOnPurposeIsNoFailure() {
        Host host = new Host(1, Host.session(false)).up();
        host.hears(State.ADMIN_DOWN, 0);
        assertEquals("UP -> DOWN NEIGHBOUR_SIGNALED_DOWN\n", host.told());
    }

    // Conforms: 5880-passive
    @Test
    void aPassiveSessionSpeaksOnlyWhenSpokenTo() {
        Host host = new Host(1, Host.session(true)).until(10_000);
        assertEquals(List.of(), host.sent());

        host.hears(State.DOWN, 0);
        assertEquals(State.INIT, host.last().state());
        host.until(20_000).skip().until(30_000);
        assertEquals(List.of(), host.sent());
    }

    // Conforms: 5880-poll-answer
    @Test
    void aPollIsAnsweredAtOnceAndNeverPollsBack() {
        Host host = new Host(1, Host.session(false)).hears(State.DOWN, 0).hears(State.INIT, 0);
        assertTrue(host.status().polling());
        host.skip().hears(State.UP, PacketCodec.POLL);
        assertEquals(1, host.sent().size());
        assertTrue(host.last().has(PacketCodec.FINAL));
        assertFalse(host.last().has(PacketCodec.POLL));
        assertTrue(host.status().polling());
    }

    // Conforms: 5880-poll-any-state
    @Test
    void aPollIsAnsweredInEveryStateAndWhoeverIsPassiveOrUnwelcome() {
        for (State heard : List.of(State.ADMIN_DOWN, State.DOWN, State.INIT)) {
            Host host = new Host(1, Host.session(true)).skip();
            host.hears(host.packet(heard, PacketCodec.POLL, 3, 50, 0));
            assertEquals(1, host.sent().size());
            assertTrue(host.last().has(PacketCodec.FINAL));
        }
    }

    // Conforms: 5880-tell-state
    @Test
    void aNewStateIsToldAtOnce() {
        Host host = new Host(1, Host.session(false)).skip().hears(State.DOWN, 0);
        assertEquals(host.now(), host.last().at());
        assertEquals(State.INIT, host.last().state());
    }

    // Conforms: 5880-detection-valid
    @Test
    void whatDoesNotCountIsNoSignOfLife() {
        Host host = new Host(1, Host.session(false)).up();
        for (int at = 10; at < 150; at += 10) {
            host.until(at).hears(host.packet(State.UP, 0, 3, 50, 50), 254);
            host.hears(State.UP, PacketCodec.POLL | PacketCodec.FINAL);
        }
        host.until(150);
        assertEquals(State.DOWN, host.state());
    }

    // Conforms: 5880-final
    @Test
    void aPollEndsWithItsAnswer() {
        Host host = new Host(1, Host.session(false)).hears(State.DOWN, 0).hears(State.INIT, 0);
        host.until(50);
        assertTrue(host.last().has(PacketCodec.POLL));
        host.hears(State.UP, PacketCodec.FINAL).until(100);
        assertFalse(host.last().has(PacketCodec.POLL));
    }

    // Conforms: 5880-unknown-discr, 5880-by-discr, 5880-by-address
    @Test
    void whatIsNotForASessionIsCounted() {
        Host host = new Host(1, Host.session(false)).up();
        byte[] stranger = host.packet(State.DOWN, 0, 3, 50, 50);
        stranger[8] = 1;
        host.hears(stranger);
        host.hears(host.packet(State.UP, 0, 3, 50, 50), 254);

        assertEquals(State.UP, host.state());
        assertEquals(Map.of(DropReason.NO_SESSION, 1L), host.node().dropped());
        assertEquals(Map.of(DropReason.WRONG_TTL, 1L), host.status().counters().dropped());
    }

    // Conforms: 5880-admin-down
    @Test
    void aSessionWithoutASocketHearsNothingAndTriesAgain() {
        Host host = new Host(1, Host.session(false)).up();
        List<BfdEffect> effects = host.node().on(host.now(), new BfdEvent.SenderFailed("a"));
        assertTrue(effects.contains(new BfdEffect.VerdictIs("a", false)));
        assertEquals(State.ADMIN_DOWN, host.state());

        host.skip().hears(State.DOWN, 0);
        assertEquals(1, host.status().counters().dropped().get(DropReason.ADMIN_DOWN));
        // The socket can be had by then, and the next packet counts.
        host.hears(State.DOWN, 0);
        assertEquals(State.INIT, host.state());
    }

    // Conforms: 5880-discr-unique
    @Test
    void noTwoSessionsHaveOneDiscriminator() {
        SessionSpec one = Host.session(false);
        SessionSpec other =
                new SessionSpec("b", Path.to(Host.ip("2001:db8::2")), Timers.DEFAULT, false);
        for (long seed = 0; seed < 1_000; seed++) {
            BfdNode node = new Host(seed, one, other).node();
            int first = node.status().getFirst().discriminator();
            int second = node.status().getLast().discriminator();
            assertTrue(first != 0 && second != 0 && first != second);
        }
    }
}
