package holdfast.sim.sessions;

import holdfast.bfd.State;
import java.time.Duration;
import java.util.List;

/// What a packet says, read by the words of RFC 5880.
record Packet(byte[] octets) {

    private static final List<State> STATES =
            List.of(State.ADMIN_DOWN, State.DOWN, State.INIT, State.UP);

    State state() {
        return STATES.get((octets[1] & 0xff) >> 6);
    }

    boolean polls() {
        return (octets[1] & 0x20) != 0;
    }

    boolean confirms() {
        return (octets[1] & 0x10) != 0;
    }

    int multiplier() {
        return octets[2] & 0xff;
    }

    int mine() {
        return number(4);
    }

    int yours() {
        return number(8);
    }

    Duration minTx() {
        return micros(12);
    }

    Duration minRx() {
        return micros(16);
    }

    /// The number of an authentication section; 0 without.
    int sequence() {
        return octets.length > 24 ? number(28) : 0;
    }

    private Duration micros(int at) {
        return Duration.ofNanos(Integer.toUnsignedLong(number(at)) * 1_000);
    }

    private int number(int at) {
        return (octets[at] & 0xff) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }

    @Override
    public String toString() {
        return "%s%s%s x%d %08x->%08x tx %d rx %d #%d"
                .formatted(
                        state(),
                        polls() ? " poll" : "",
                        confirms() ? " final" : "",
                        multiplier(),
                        mine(),
                        yours(),
                        minTx().toMillis(),
                        minRx().toMillis(),
                        sequence());
    }
}
