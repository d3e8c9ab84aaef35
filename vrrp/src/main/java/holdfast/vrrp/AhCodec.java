package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.vrrp.Authentication.AuthenticationHeader;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/// Authentication headers as bytes (RFC 2402, section 2; the digest is that of RFC 2403).
///
/// Next header, length, two reserved octets, the sender's address as security parameters index,
/// sequence number, digest; behind them the VRRP message. The digest is over the IPv4 header, this
/// header with a digest of zeros, and the message. In the IPv4 header what routers may change
/// counts as zero; the TTL of multicast, which no router passes on, counts as it is.
final class AhCodec {

    static final int PROTOCOL = 51;
    static final int BYTES = 24;

    private static final int IP_BYTES = 20;
    private static final int IP_VERSION_AND_LENGTH = 0x45;
    private static final int WORDS_LESS_TWO = BYTES / Integer.BYTES - 2;
    private static final int SEQUENCE_AT = 8;
    private static final int DIGEST_AT = 12;
    private static final int DIGEST_BYTES = 12;
    private static final int UNSIGNED_BYTES = IP_BYTES + DIGEST_AT;

    private AhCodec() {}

    /// Puts the header in front of a message that goes out with the identification 0.
    static byte[] wrap(
            AuthenticationHeader key,
            long sequence,
            IpAddress source,
            IpAddress destination,
            int ttl,
            byte[] message) {
        ByteBuffer out =
                ByteBuffer.allocate(BYTES + message.length)
                        .put((byte) AdvertCodec.PROTOCOL)
                        .put((byte) WORDS_LESS_TWO)
                        .putShort((short) 0)
                        .put(source.octets())
                        .putInt((int) sequence)
                        .put(new byte[DIGEST_BYTES])
                        .put(message)
                        .flip();
        byte[] digest =
                digest(key, new Datagram(source, destination, ttl, PROTOCOL, 0, out.duplicate()));
        return out.put(DIGEST_AT, digest).array();
    }

    static boolean isWrapped(Datagram datagram) {
        return datagram.protocol() == PROTOCOL;
    }

    /// The VRRP message of a datagram, behind the header if there is one; empty if it is cut.
    static ByteBuffer message(Datagram datagram) {
        ByteBuffer in = datagram.payload();
        if (!isWrapped(datagram)) {
            return in;
        }
        int skipped = Math.min(BYTES, in.remaining());
        return in.slice(in.position() + skipped, in.remaining() - skipped);
    }

    /// Whether the header is one of VRRP, and whoever wrote it knows the password.
    static boolean isGenuine(AuthenticationHeader key, Datagram datagram) {
        ByteBuffer in = datagram.payload();
        int start = in.position();
        if (in.get(start) != AdvertCodec.PROTOCOL || in.get(start + 1) != WORDS_LESS_TWO) {
            return false;
        }
        byte[] given = new byte[DIGEST_BYTES];
        in.get(start + DIGEST_AT, given);
        return MessageDigest.isEqual(given, digest(key, datagram));
    }

    static long sequence(Datagram datagram) {
        ByteBuffer in = datagram.payload();
        return Integer.toUnsignedLong(in.getInt(in.position() + SEQUENCE_AT));
    }

    /// The digest that belongs into the header, whatever is there now.
    private static byte[] digest(AuthenticationHeader key, Datagram datagram) {
        ByteBuffer in = datagram.payload().duplicate();
        int countedTtl = datagram.destination().isMulticast() ? datagram.hopLimit() : 0;
        ByteBuffer text =
                ByteBuffer.allocate(IP_BYTES + in.remaining())
                        .put((byte) IP_VERSION_AND_LENGTH)
                        .put((byte) 0)
                        .putShort((short) (IP_BYTES + in.remaining()))
                        .putShort((short) datagram.identification())
                        .putShort((short) 0)
                        .put((byte) countedTtl)
                        .put((byte) PROTOCOL)
                        .putShort((short) 0)
                        .put(datagram.source().octets())
                        .put(datagram.destination().octets())
                        .put(in)
                        .put(UNSIGNED_BYTES, new byte[DIGEST_BYTES]);
        KeyedHash hash = new KeyedHash(KeyedHash.MD5, key.password().octets());
        return Arrays.copyOf(hash.of(text.clear()), DIGEST_BYTES);
    }
}
