package holdfast.vrrp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A hash that only those can make who know the key (RFC 2104, section 2).
///
/// Made of the plain hash: the classes for secrets that Java has take longer to load than a start
/// may last. Confined to one thread.
final class KeyedHash {

    static final String MD5 = "MD5";
    static final String SHA256 = "SHA-256";

    /// The block of both hashes; no key is longer.
    private static final int BLOCK_BYTES = 64;

    private static final int INNER = 0x36;
    private static final int OUTER = 0x5c;

    private final MessageDigest hash;
    private final byte[] inner;
    private final byte[] outer;

    /// @param key at most 64 octets
    KeyedHash(String algorithm, byte[] key) {
        try {
            hash = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
        inner = padded(key, INNER);
        outer = padded(key, OUTER);
    }

    /// The hash of the remaining bytes.
    byte[] of(ByteBuffer text) {
        hash.update(inner);
        hash.update(text.duplicate());
        byte[] first = hash.digest();
        hash.update(outer);
        return hash.digest(first);
    }

    private static byte[] padded(byte[] key, int with) {
        if (key.length > BLOCK_BYTES) {
            throw new IllegalArgumentException("key too long: " + key.length);
        }
        byte[] block = new byte[BLOCK_BYTES];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) ((i < key.length ? key[i] : 0) ^ with);
        }
        return block;
    }
}
