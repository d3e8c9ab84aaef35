package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Packets by chance, through the decoder into the sessions: nothing throws, and what becomes of
/// each session is what [Reception] says, and nothing else.
class PacketFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);
    private static final int RUNS = 20;

    // Conforms: 5880-receive-order
    @Test
    void noPacketDoesWhatTheStandardDoesNotSay() {
        for (long seed = 1; seed <= RUNS; seed++) {
            Onslaught onslaught = new Onslaught(seed);
            for (int i = 0; i < INPUTS / RUNS; i++) {
                onslaught.play("seed " + seed + ", input " + i);
            }
            for (SessionStatus session : onslaught.sessions()) {
                // Otherwise little would have been tried.
                assertTrue(session.counters().cameUp() > 0, "never up: " + session);
                assertTrue(session.counters().received() > INPUTS / RUNS / 20, "deaf: " + session);
            }
        }
    }
}
