package holdfast.sim;

import holdfast.net.Family;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// What an advert says, read without the core's help.
///
/// @param interval the one it promises
record Advert(int vrid, int priority, Duration interval) {

    private static final int AH = 51;
    private static final int AH_NEXT = 112;
    private static final int AH_BYTES = 24;
    private static final int AH_NUMBER_AT = 8;
    private static final int VERSION_2 = 2;
    private static final int HEADER_BYTES = 8;
    private static final int PASSWORD_BYTES = 8;
    private static final int STAMP_AT = 4;
    private static final int CENTIS_MASK = 0xfff;

    /// The protocol that a packet with this payload is of.
    static int protocol(byte[] message) {
        return (message[0] & 0xff) == AH_NEXT ? AH : 0;
    }

    static Advert of(byte[] message) {
        return of(ByteBuffer.wrap(message));
    }

    /// Leaves the buffer as it is.
    static Advert of(ByteBuffer in) {
        int at = in.position();
        // An authentication header begins with what comes after it.
        at += (in.get(at) & 0xff) == AH_NEXT ? AH_BYTES : 0;
        Duration interval =
                (in.get(at) & 0xff) >> 4 == VERSION_2
                        ? Duration.ofSeconds(in.get(at + 5) & 0xff)
                        : Duration.ofMillis((in.getShort(at + 4) & CENTIS_MASK) * 10L);
        return new Advert(in.get(at + 1) & 0xff, in.get(at + 2) & 0xff, interval);
    }

    /// The number that may never come again: of an authentication header, or of a trailer.
    ///
    /// @param value without sign
    record Unique(boolean trailer, long value) {}

    /// Empty for an advert that anybody may repeat.
    static Optional<Unique> unique(byte[] message, Family family) {
        ByteBuffer in = ByteBuffer.wrap(message);
        if (protocol(message) == AH) {
            return Optional.of(new Unique(false, in.getInt(AH_NUMBER_AT) & 0xffff_ffffL));
        }
        int bytes = HEADER_BYTES + (message[3] & 0xff) * family.bits() / 8;
        bytes += (message[0] & 0xff) >> 4 == VERSION_2 ? PASSWORD_BYTES : 0;
        return message.length > bytes
                ? Optional.of(new Unique(true, in.getLong(bytes + STAMP_AT)))
                : Optional.empty();
    }

    boolean isResignation() {
        return priority == 0;
    }
}
