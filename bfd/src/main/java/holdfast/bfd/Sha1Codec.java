package holdfast.bfd;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The section behind a packet that is authenticated by keyed SHA-1 (RFC 5880, section 4.4).
///
/// Type, length, number of the key, an octet that is reserved, sequence number, hash. The hash is
/// over the whole packet, in which the key stands where the hash will be.
final class Sha1Codec {

    static final int BYTES = 28;
    static final int PACKET_BYTES = PacketCodec.BYTES + BYTES;
    static final int KEYED = 4;
    static final int METICULOUS = 5;

    private static final int TYPE_AT = PacketCodec.BYTES;
    private static final int LENGTH_AT = TYPE_AT + 1;
    private static final int KEY_AT = TYPE_AT + 2;
    private static final int SEQUENCE_AT = TYPE_AT + 4;
    private static final int HASH_AT = TYPE_AT + 8;
    private static final int HASH_BYTES = 20;

    private final MessageDigest sha1;

    Sha1Codec() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /// The packet with a section behind it.
    byte[] seal(byte[] packet, int type, AuthenticationKey key, int sequence) {
        byte[] sealed = Arrays.copyOf(packet, PACKET_BYTES);
        PacketCodec.markAuthenticated(sealed);
        ByteBuffer.wrap(sealed)
                .put(TYPE_AT, (byte) type)
                .put(LENGTH_AT, (byte) BYTES)
                .put(KEY_AT, (byte) key.id())
                .putInt(SEQUENCE_AT, sequence);
        byte[] hash = hash(sealed, key);
        System.arraycopy(hash, 0, sealed, HASH_AT, HASH_BYTES);
        return sealed;
    }

    /// Whether the section is there and of this type; the rest is only then there to be asked.
    static boolean has(ByteBuffer in, int type) {
        return PacketCodec.length(in) >= PACKET_BYTES
                && octet(in, TYPE_AT) == type
                && octet(in, LENGTH_AT) == BYTES;
    }

    static int keyId(ByteBuffer in) {
        return octet(in, KEY_AT);
    }

    static int sequence(ByteBuffer in) {
        return in.getInt(in.position() + SEQUENCE_AT);
    }

    boolean isGenuine(ByteBuffer in, AuthenticationKey key) {
        byte[] packet = new byte[PacketCodec.length(in)];
        in.get(in.position(), packet);
        byte[] told = Arrays.copyOfRange(packet, HASH_AT, PACKET_BYTES);
        // The time that this takes must not tell how much of a guess was right.
        return MessageDigest.isEqual(told, hash(packet, key));
    }

    /// The hash of the packet; whatever is in its place is overwritten.
    private byte[] hash(byte[] packet, AuthenticationKey key) {
        byte[] secret = Arrays.copyOf(key.secret().octets(), HASH_BYTES);
        System.arraycopy(secret, 0, packet, HASH_AT, HASH_BYTES);
        return sha1.digest(packet);
    }

    private static int octet(ByteBuffer in, int at) {
        return in.get(in.position() + at) & 0xff;
    }
}
