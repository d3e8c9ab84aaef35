package holdfast.probe;

import java.nio.ByteBuffer;
import java.util.Locale;

/// Status line and header fields of an answer (RFC 9112, sections 2 to 5), read in any portions.
///
/// Only what a check needs is kept. Lines may end in a bare line feed.
final class HttpHead {

    enum Progress {
        OPEN,
        COMPLETE,
        NOT_HTTP,
        TOO_LONG
    }

    /// No honest server says more than this before the body.
    static final int BYTES_MAX = 64 * 1024;

    static final long NO_LENGTH = -1;

    private static final int NO_STATUS = -1;
    private static final int LENGTH_DIGITS_MAX = 18;

    private final StringBuilder line = new StringBuilder();
    private int size;
    private int status = NO_STATUS;
    private boolean version11;
    private boolean chunked;
    private long contentLength = NO_LENGTH;

    /// Takes bytes up to the end of the head, and leaves the others.
    Progress take(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (size == BYTES_MAX) {
                return Progress.TOO_LONG;
            }
            size++;
            char letter = (char) (in.get() & 0xff);
            if (letter != '\n') {
                line.append(letter);
                continue;
            }
            if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
            }
            if (status == NO_STATUS) {
                if (!readStatus()) {
                    return Progress.NOT_HTTP;
                }
            } else if (line.isEmpty()) {
                return Progress.COMPLETE;
            } else {
                readField();
            }
            line.setLength(0);
        }
        return Progress.OPEN;
    }

    /// `HTTP/1.1 200 OK`; the phrase is for people.
    private boolean readStatus() {
        int at = line.indexOf(" ") + 1;
        boolean good =
                line.indexOf("HTTP/") == 0
                        && at > 0
                        && line.length() >= at + 3
                        && (line.length() == at + 3 || line.charAt(at + 3) == ' ');
        if (!good || !isNumber(line.substring(at, at + 3))) {
            return false;
        }
        status = Integer.parseInt(line, at, at + 3, 10);
        version11 = line.indexOf("HTTP/1.1 ") == 0;
        return true;
    }

    private void readField() {
        int colon = line.indexOf(":");
        if (colon < 0) {
            return; // Nothing a check would care about.
        }
        String value = line.substring(colon + 1).strip();
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (name.equals("transfer-encoding")) {
            chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
        } else if (name.equals("content-length")
                && isNumber(value)
                && value.length() <= LENGTH_DIGITS_MAX) {
            contentLength = Long.parseLong(value);
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    boolean isEmpty() {
        return size == 0;
    }

    int status() {
        return status;
    }

    /// Chunks exist from HTTP/1.1 on; before, the words mean nothing.
    boolean isChunked() {
        return version11 && chunked;
    }

    /// How much of the body counts, or [#NO_LENGTH] for all of it. Chunks carry their own lengths.
    long contentLength() {
        return isChunked() ? NO_LENGTH : contentLength;
    }
}
