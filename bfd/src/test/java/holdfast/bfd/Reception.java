package holdfast.bfd;

import holdfast.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// What RFC 5880, section 6.8.6, wants of a packet, worked out from its octets by the words there.
///
/// Of authentication it knows only whether there is a section: who made the packet says whether
/// that is genuine.
final class Reception {

    /// A packet on its way to a session.
    ///
    /// @param genuineFor the session for which its section is right and new, if for any
    record Arrival(
            byte[] octets,
            IpAddress source,
            boolean multihop,
            int ttl,
            Optional<String> genuineFor) {}

    private static final List<State> STATES =
            List.of(State.ADMIN_DOWN, State.DOWN, State.INIT, State.UP);

    private Reception() {}

    /// Whether steps before the session is known discard it.
    static boolean isDiscarded(Arrival packet) {
        byte[] in = packet.octets();
        if (in.length < 24) {
            return true;
        }
        boolean authenticated = (in[1] & 4) != 0;
        int length = in[3] & 0xff;
        return in[0] >> 5 != 1
                || length < (authenticated ? 26 : 24)
                || length > in.length
                || in[2] == 0
                || (in[1] & 1) != 0
                || number(in, 4) == 0
                || (number(in, 8) == 0 && state(in) != State.DOWN && state(in) != State.ADMIN_DOWN)
                || (in[1] & 0x30) == 0x30; // Not by the standard, which forbids to send it.
    }

    /// Whether the packet, which was not discarded yet, is for this session.
    static boolean isFor(SessionStatus session, Arrival packet) {
        int discriminator = number(packet.octets(), 8);
        Path path = session.spec().path();
        return discriminator != 0
                ? discriminator == session.discriminator()
                : path.neighbour().equals(packet.source()) && path.multihop() == packet.multihop();
    }

    /// Whether the session counts it, and does what it says.
    static boolean isReceived(SessionStatus session, Arrival packet) {
        return isBelieved(session, packet) && session.state() != State.ADMIN_DOWN;
    }

    /// Whether the session takes it for a packet of its neighbour.
    static boolean isBelieved(SessionStatus session, Arrival packet) {
        Path path = session.spec().path();
        boolean near = packet.ttl() + path.maxHops() >= path.ttl();
        boolean authenticated = (packet.octets()[1] & 4) != 0;
        boolean wanted = session.spec().authentication() instanceof Authentication.KeyedSha1;
        return near
                && authenticated == wanted
                && (!wanted || packet.genuineFor().equals(Optional.of(session.spec().name())));
    }

    /// The state after a packet that was received, and why; empty if it stays.
    static Optional<Diagnostic> leaves(State now, State remote) {
        return switch (now) {
            case ADMIN_DOWN -> Optional.empty();
            case DOWN ->
                    remote == State.DOWN || remote == State.INIT
                            ? Optional.of(Diagnostic.NONE)
                            : Optional.empty();
            case INIT ->
                    switch (remote) {
                        case ADMIN_DOWN -> Optional.of(Diagnostic.NEIGHBOUR_SIGNALED_DOWN);
                        case DOWN -> Optional.empty();
                        case INIT, UP -> Optional.of(Diagnostic.NONE);
                    };
            case UP ->
                    remote == State.ADMIN_DOWN || remote == State.DOWN
                            ? Optional.of(Diagnostic.NEIGHBOUR_SIGNALED_DOWN)
                            : Optional.empty();
        };
    }

    static State next(State now, State remote) {
        if (leaves(now, remote).isEmpty()) {
            return now;
        }
        return switch (now) {
            case ADMIN_DOWN -> State.ADMIN_DOWN;
            case DOWN -> remote == State.DOWN ? State.INIT : State.UP;
            case INIT -> remote == State.ADMIN_DOWN ? State.DOWN : State.UP;
            case UP -> State.DOWN;
        };
    }

    static State state(byte[] in) {
        return STATES.get((in[1] & 0xff) >> 6);
    }

    static boolean polls(byte[] in) {
        return (in[1] & 0x20) != 0;
    }

    static boolean confirms(byte[] in) {
        return (in[1] & 0x10) != 0;
    }

    static boolean demands(byte[] in) {
        return (in[1] & 2) != 0;
    }

    static int number(byte[] in, int at) {
        return (in[at] & 0xff) << 24
                | (in[at + 1] & 0xff) << 16
                | (in[at + 2] & 0xff) << 8
                | in[at + 3] & 0xff;
    }
}
