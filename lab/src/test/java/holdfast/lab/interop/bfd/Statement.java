package holdfast.lab.interop.bfd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// What one packet of BFD says, and how it came.
///
/// Immutable.
///
/// @param isLost whether it did not pass the switch where it was recorded
/// @param tx the desired interval to send, in milliseconds
/// @param rx the required interval to receive, in milliseconds
record Statement(
        Instant at,
        boolean isLost,
        String source,
        int sourcePort,
        String destination,
        int port,
        int hopLimit,
        Standing standing,
        int flags,
        int multiplier,
        int mine,
        int yours,
        int tx,
        int rx) {

    /// The sender of frames that do not pass.
    static final String LOST = "02:00:00:00:00:00";

    private static final int ETHERNET = 14;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int IPV6_LENGTH = 40;
    private static final int UDP = 17;
    private static final int UDP_LENGTH = 8;
    private static final int BFD_LENGTH = 24;
    private static final int MICROS = 1000;

    private static final int POLL = 0x20;
    private static final int FINAL = 0x10;
    private static final int AUTHENTICATED = 0x04;

    private enum State {
        AdminDown,
        Down,
        Init,
        Up
    }

    /// The state of a session, and why it was last left.
    record Standing(String state, int diagnostic) {

        boolean isUp() {
            return state.equals("Up");
        }

        boolean isDown() {
            return state.endsWith("Down");
        }

        @Override
        public String toString() {
            return diagnostic == 0 ? state : "%s (%d)".formatted(state, diagnostic);
        }
    }

    /// Empty if a frame holds no packet of BFD.
    static Optional<Statement> of(Instant at, ByteBuffer frame) {
        int type = Short.toUnsignedInt(frame.getShort(ETHERNET - 2));
        int first = ETHERNET;
        if (type == IPV4 && frame.get(first + 9) == UDP) {
            int udp = first + (frame.get(first) & 0x0f) * 4;
            return of(at, frame, udp, address(frame, first + 12, 4), address(frame, first + 16, 4));
        }
        if (type == IPV6 && frame.get(first + 6) == UDP) {
            int udp = first + IPV6_LENGTH;
            return of(
                    at, frame, udp, address(frame, first + 8, 16), address(frame, first + 24, 16));
        }
        return Optional.empty();
    }

    private static Optional<Statement> of(
            Instant at, ByteBuffer frame, int udp, String source, String destination) {
        int bfd = udp + UDP_LENGTH;
        if (frame.limit() < bfd + BFD_LENGTH) {
            return Optional.empty();
        }
        int state = (frame.get(bfd + 1) & 0xc0) >> 6;
        return Optional.of(
                new Statement(
                        at,
                        sender(frame).equals(LOST),
                        source,
                        Short.toUnsignedInt(frame.getShort(udp)),
                        destination,
                        Short.toUnsignedInt(frame.getShort(udp + 2)),
                        Byte.toUnsignedInt(frame.get(ETHERNET + (source.contains(":") ? 7 : 8))),
                        new Standing(State.values()[state].name(), frame.get(bfd) & 0x1f),
                        frame.get(bfd + 1) & 0x3f,
                        Byte.toUnsignedInt(frame.get(bfd + 2)),
                        frame.getInt(bfd + 4),
                        frame.getInt(bfd + 8),
                        frame.getInt(bfd + 12) / MICROS,
                        frame.getInt(bfd + 16) / MICROS));
    }

    private static String sender(ByteBuffer frame) {
        var octets = new byte[6];
        frame.get(octets.length, octets);
        return HexFormat.ofDelimiter(":").formatHex(octets);
    }

    private static String address(ByteBuffer frame, int at, int length) {
        var octets = new byte[length];
        frame.get(at, octets);
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // Only of another length.
        }
    }

    boolean polls() {
        return (flags & POLL) != 0;
    }

    boolean answers() {
        return (flags & FINAL) != 0;
    }

    boolean isAuthenticated() {
        return (flags & AUTHENTICATED) != 0;
    }
}
