package holdfast.bfd;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Control packets as bytes (RFC 5880, section 4.1).
///
/// Version and diagnostic, state and flags, multiplier, length, both discriminators, and three
/// intervals in microseconds.
final class PacketCodec {

    static final int BYTES = 24;
    static final int POLL = 0x20;
    static final int FINAL = 0x10;
    static final int AUTHENTICATED = 0x04;
    static final int DEMAND = 0x02;
    static final int MULTIPOINT = 0x01;

    /// What an authenticated packet has at least: also the head of its section.
    private static final int AUTHENTICATED_BYTES = 26;

    private static final int VERSION = 1;
    private static final int VERSION_SHIFT = 5;
    private static final int DIAGNOSTIC_MASK = 0x1f;
    private static final int STATE_SHIFT = 6;
    private static final int FLAGS_AT = 1;
    private static final int MULTIPLIER_AT = 2;
    private static final int LENGTH_AT = 3;
    private static final int MINE_AT = 4;
    private static final int YOURS_AT = 8;
    private static final int MIN_TX_AT = 12;
    private static final int MIN_RX_AT = 16;
    private static final long NANOS_PER_MICRO = 1_000;

    private PacketCodec() {}

    /// A packet, ready to be sent. Echoes are never welcome.
    ///
    /// @param flags [#POLL], [#FINAL], or none
    static byte[] encode(
            State state,
            Diagnostic diagnostic,
            int flags,
            int multiplier,
            int mine,
            int yours,
            long minTxNanos,
            long minRxNanos) {
        return ByteBuffer.allocate(BYTES)
                .put((byte) (VERSION << VERSION_SHIFT | diagnostic.code()))
                .put((byte) (state.code() << STATE_SHIFT | flags))
                .put((byte) multiplier)
                .put((byte) BYTES)
                .putInt(mine)
                .putInt(yours)
                .putInt((int) (minTxNanos / NANOS_PER_MICRO))
                .putInt((int) (minRxNanos / NANOS_PER_MICRO))
                .array();
    }

    /// Makes a packet one that has an authentication section, which is all behind it.
    static void markAuthenticated(byte[] packet) {
        packet[FLAGS_AT] |= AUTHENTICATED;
        packet[LENGTH_AT] = (byte) packet.length;
    }

    /// What is wrong with a packet whatever the session (RFC 5880, section 6.8.6); null if nothing.
    static @Nullable DropReason flaw(ByteBuffer in) {
        if (in.remaining() < BYTES) {
            return DropReason.TOO_SHORT;
        }
        int least = has(in, AUTHENTICATED) ? AUTHENTICATED_BYTES : BYTES;
        if (length(in) < least || length(in) > in.remaining()) {
            return DropReason.WRONG_LENGTH;
        }
        if (octet(in, 0) >>> VERSION_SHIFT != VERSION) {
            return DropReason.WRONG_VERSION;
        }
        if (multiplier(in) == 0) {
            return DropReason.ZERO_MULTIPLIER;
        }
        if (has(in, MULTIPOINT)) {
            return DropReason.MULTIPOINT;
        }
        if (mine(in) == 0) {
            return DropReason.ZERO_MY_DISCRIMINATOR;
        }
        if (yours(in) == 0 && state(in).compareTo(State.DOWN) > 0) {
            return DropReason.ZERO_YOUR_DISCRIMINATOR;
        }
        return has(in, POLL) && has(in, FINAL) ? DropReason.POLL_AND_FINAL : null;
    }

    // The fields of a received packet; each is there once BYTES are.

    /// A number, since the neighbour may know more of them than [Diagnostic] has.
    static int diagnostic(ByteBuffer in) {
        return octet(in, 0) & DIAGNOSTIC_MASK;
    }

    static State state(ByteBuffer in) {
        return State.of(octet(in, FLAGS_AT) >>> STATE_SHIFT);
    }

    static boolean has(ByteBuffer in, int flag) {
        return (octet(in, FLAGS_AT) & flag) != 0;
    }

    static int multiplier(ByteBuffer in) {
        return octet(in, MULTIPLIER_AT);
    }

    /// Of the packet, which may be followed by octets that mean nothing.
    static int length(ByteBuffer in) {
        return octet(in, LENGTH_AT);
    }

    /// The discriminator of the sender.
    static int mine(ByteBuffer in) {
        return in.getInt(in.position() + MINE_AT);
    }

    /// The discriminator of the receiver, as the sender knows it; 0 if it does not.
    static int yours(ByteBuffer in) {
        return in.getInt(in.position() + YOURS_AT);
    }

    static long minTxNanos(ByteBuffer in) {
        return nanos(in, MIN_TX_AT);
    }

    static long minRxNanos(ByteBuffer in) {
        return nanos(in, MIN_RX_AT);
    }

    private static long nanos(ByteBuffer in, int at) {
        return Integer.toUnsignedLong(in.getInt(in.position() + at)) * NANOS_PER_MICRO;
    }

    private static int octet(ByteBuffer in, int at) {
        return in.get(in.position() + at) & 0xff;
    }
}
