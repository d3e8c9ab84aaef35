package holdfast.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// What a check remembers of a body: its digest, the beginning of its text, or nothing.
final class HttpBody {

    /// As much of the body as a pattern sees.
    static final int KEPT_BYTES_MAX = 256 * 1024;

    private final Optional<MessageDigest> digest;
    private final boolean keeps;
    private byte[] kept = {};
    private int keptBytes;
    private long left;

    /// @param length how much of it counts, or [HttpHead#NO_LENGTH]
    HttpBody(boolean digested, boolean keeps, long length) {
        this.digest = digested ? Optional.of(md5()) : Optional.empty();
        this.keeps = keeps;
        this.left = length == HttpHead.NO_LENGTH ? Long.MAX_VALUE : length;
    }

    void append(ByteBuffer bytes) {
        int count = (int) Math.min(left, bytes.remaining());
        left -= count;
        ByteBuffer counted = bytes.slice(bytes.position(), count);
        if (keeps) {
            keep(counted.duplicate());
        }
        digest.ifPresent(it -> it.update(counted));
    }

    private void keep(ByteBuffer bytes) {
        int count = Math.min(KEPT_BYTES_MAX - keptBytes, bytes.remaining());
        if (keptBytes + count > kept.length) {
            int wanted = Math.max(keptBytes + count, kept.length * 2);
            kept = Arrays.copyOf(kept, Math.min(wanted, KEPT_BYTES_MAX));
        }
        bytes.get(kept, keptBytes, count);
        keptBytes += count;
    }

    /// The MD5 in lower-case hexadecimal. To be asked once.
    String digest() {
        return HexFormat.of().formatHex(digest.orElseThrow().digest());
    }

    String text() {
        return new String(kept, 0, keptBytes, StandardCharsets.UTF_8);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has MD5", e);
        }
    }
}
