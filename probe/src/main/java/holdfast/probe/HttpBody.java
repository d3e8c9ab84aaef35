package holdfast.probe;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// What a check remembers of a body: its digest, a part of it, or nothing.
final class HttpBody {

    /// Which part of a body is kept.
    record Window(long from, int bytesMax) {
        static final Window NOTHING = new Window(0, 0);
    }

    private final Optional<MessageDigest> digest;
    private final Window window;
    private byte[] kept = {};
    private int keptBytes;
    private long received;
    private long passed;
    private long left;

    /// @param length how much of it counts, or [HttpHead#NO_LENGTH]
    HttpBody(boolean digested, Window window, long length) {
        this.digest = digested ? Optional.of(md5()) : Optional.empty();
        this.window = window;
        this.left = length == HttpHead.NO_LENGTH ? Long.MAX_VALUE : length;
    }

    /// Takes the bytes of an answer's body; false when they are not chunks and should be.
    boolean take(ByteBuffer bytes, Optional<HttpChunks> chunks) {
        if (chunks.isPresent()) {
            return chunks.get().take(bytes, this);
        }
        append(bytes);
        bytes.position(bytes.limit());
        return true;
    }

    void append(ByteBuffer bytes) {
        received += bytes.remaining();
        int count = (int) Math.min(left, bytes.remaining());
        left -= count;
        ByteBuffer counted = bytes.slice(bytes.position(), count);
        keep(counted.duplicate());
        passed += count;
        digest.ifPresent(it -> it.update(counted));
    }

    private void keep(ByteBuffer bytes) {
        long before = Math.clamp(window.from() - passed, 0, bytes.remaining());
        bytes.position((int) before);
        int count = Math.min(window.bytesMax() - keptBytes, bytes.remaining());
        if (keptBytes + count > kept.length) {
            long wanted = Math.max(keptBytes + count, kept.length * 2L);
            kept = Arrays.copyOf(kept, (int) Math.min(wanted, window.bytesMax()));
        }
        bytes.get(kept, keptBytes, count);
        keptBytes += count;
    }

    /// The MD5 in lower-case hexadecimal. To be asked once.
    String digest() {
        return HexFormat.of().formatHex(digest.orElseThrow().digest());
    }

    /// How many bytes came, whether they count or not.
    long received() {
        return received;
    }

    int keptBytes() {
        return keptBytes;
    }

    /// The part that was to be kept, as far as it came.
    byte[] kept() {
        return Arrays.copyOf(kept, keptBytes);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has MD5", e);
        }
    }
}
