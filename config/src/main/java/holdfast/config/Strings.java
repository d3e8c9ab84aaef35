package holdfast.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Texts and numbers one after the other, as bytes: a text is its length and its UTF-8.
final class Strings {

    private Strings() {}

    /// Confined to one thread.
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Writer number(long number) {
            out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    /// Confined to one thread. Throws [IllegalArgumentException] where bytes are missing.
    static final class Reader {
        private final ByteBuffer in;

        Reader(byte[] bytes) {
            this.in = ByteBuffer.wrap(bytes);
        }

        String text() {
            long length = number();
            require(length);
            byte[] bytes = new byte[(int) length];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        long number() {
            require(Long.BYTES);
            return in.getLong();
        }

        private void require(long bytes) {
            if (bytes < 0 || bytes > in.remaining()) {
                throw new IllegalArgumentException("the bundle is cut off or damaged");
            }
        }
    }
}
