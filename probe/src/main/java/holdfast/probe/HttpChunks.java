package holdfast.probe;

import java.nio.ByteBuffer;

/// Takes the chunked transfer coding off a body (RFC 9112, section 7.1), in any portions.
final class HttpChunks {

    private enum Part {
        SIZE,
        EXTENSION,
        DATA,
        AFTER_DATA,
        TRAILER
    }

    private static final int SIZE_DIGITS_MAX = 8;

    private Part part = Part.SIZE;
    private int digits;
    private long left;

    /// Passes the payload on to `body`; false when the bytes are not chunks.
    boolean take(ByteBuffer in, HttpBody body) {
        while (in.hasRemaining()) {
            boolean good =
                    switch (part) {
                        case SIZE -> takeSize(in.get());
                        case EXTENSION -> takeExtension(in.get());
                        case DATA -> takeData(in, body);
                        case AFTER_DATA -> takeLineEnd(in.get());
                        case TRAILER -> {
                            in.position(in.limit());
                            yield true;
                        }
                    };
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private boolean takeSize(byte octet) {
        int digit = octet < 0 ? -1 : Character.digit((char) octet, 16);
        if (digit >= 0) {
            left = left * 16 + digit;
            return ++digits <= SIZE_DIGITS_MAX;
        }
        part = Part.EXTENSION;
        return digits > 0 && takeExtension(octet);
    }

    private boolean takeExtension(byte octet) {
        if (octet == '\n') {
            part = left == 0 ? Part.TRAILER : Part.DATA;
        }
        return true;
    }

    private boolean takeData(ByteBuffer in, HttpBody body) {
        int count = (int) Math.min(left, in.remaining());
        body.append(in.slice(in.position(), count));
        in.position(in.position() + count);
        left -= count;
        if (left == 0) {
            part = Part.AFTER_DATA;
            digits = 0;
        }
        return true;
    }

    private boolean takeLineEnd(byte octet) {
        if (octet == '\n') {
            part = Part.SIZE;
        }
        return octet == '\n' || octet == '\r';
    }
}
