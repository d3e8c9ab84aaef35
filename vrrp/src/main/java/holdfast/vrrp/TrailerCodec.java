package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/// The trailers of authenticated adverts as bytes: type, number of the key, two reserved octets,
/// stamp, and half of a keyed hash.
///
/// They stand behind the message and belong to the IP packet, but neither to the checksum nor to
/// its pseudo header. The hash is over a header of its own (family, version, virtual router, source
/// address), the message with a checksum of zero, and the trailer with a hash of zeros. So all
/// copies of one advert, which differ in destination and checksum, have the same trailer.
final class TrailerCodec {

    static final int BYTES = 28;

    /// SHA-256, cut to 128 bits.
    static final int TYPE = 1;

    private static final int KEY_AT = 1;
    private static final int RESERVED_AT = 2;
    private static final int STAMP_AT = 4;
    private static final int HASH_AT = 12;
    private static final int HASH_BYTES = 16;
    private static final int HEADER_BYTES = 20;
    private static final int ADDRESS_AT = 4;
    private static final int CHECKSUM_AT = 6;

    private TrailerCodec() {}

    /// The trailer of a message.
    static byte[] encode(
            KeyedHash key, int keyId, long stamp, VrrpSpec spec, IpAddress source, byte[] message) {
        ByteBuffer trailer =
                ByteBuffer.allocate(BYTES)
                        .put((byte) TYPE)
                        .put((byte) keyId)
                        .putShort((short) 0)
                        .putLong(stamp)
                        .clear();
        byte[] hash = hash(key, spec, source, ByteBuffer.wrap(message), trailer);
        return trailer.put(HASH_AT, hash).array();
    }

    /// Whether whoever wrote the trailer of this message knows the key.
    static boolean isGenuine(
            KeyedHash key,
            VrrpSpec spec,
            IpAddress source,
            ByteBuffer message,
            ByteBuffer trailer) {
        byte[] given = new byte[HASH_BYTES];
        trailer.get(trailer.position() + HASH_AT, given);
        return MessageDigest.isEqual(given, hash(key, spec, source, message, trailer));
    }

    /// Whether it is of the one type that there is.
    static boolean isWellFormed(ByteBuffer trailer) {
        int start = trailer.position();
        return trailer.get(start) == TYPE && trailer.getShort(start + RESERVED_AT) == 0;
    }

    static int keyId(ByteBuffer trailer) {
        return trailer.get(trailer.position() + KEY_AT) & 0xff;
    }

    static long stamp(ByteBuffer trailer) {
        return trailer.getLong(trailer.position() + STAMP_AT);
    }

    private static byte[] hash(
            KeyedHash key,
            VrrpSpec spec,
            IpAddress source,
            ByteBuffer message,
            ByteBuffer trailer) {
        int bytes = message.remaining();
        ByteBuffer text =
                ByteBuffer.allocate(HEADER_BYTES + bytes + BYTES)
                        .put((byte) (source.family() == Family.INET ? 4 : 6))
                        .put((byte) AdvertCodec.number(spec.version()))
                        .put((byte) spec.vrid())
                        .put(ADDRESS_AT, source.octets())
                        .put(HEADER_BYTES, message, message.position(), bytes)
                        .putShort(HEADER_BYTES + CHECKSUM_AT, (short) 0)
                        .put(HEADER_BYTES + bytes, trailer, trailer.position(), HASH_AT)
                        .clear();
        return Arrays.copyOf(key.of(text), HASH_BYTES);
    }
}
