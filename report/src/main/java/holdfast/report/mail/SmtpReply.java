package holdfast.report.mail;

import java.util.ArrayList;
import java.util.List;

/// Reads replies of a mail server (RFC 5321, section 4.2), in any portions.
///
/// A reply of several lines has a hyphen behind the code in all but the last.
final class SmtpReply {

    /// More of the reply is to come.
    static final int OPEN = -1;

    /// What came is no reply.
    static final int GARBAGE = 0;

    /// No honest server says more than this at once.
    static final int BYTES_MAX = 16 * 1024;

    private static final int CODE_DIGITS = 3;

    private final StringBuilder line = new StringBuilder();
    private final List<String> lines = new ArrayList<>();
    private boolean complete;
    private int size;

    /// Takes one byte; returns the code when it ends a reply, or [#OPEN], or [#GARBAGE].
    int take(byte octet) {
        if (complete) {
            complete = false;
            lines.clear();
        }
        if (++size > BYTES_MAX) {
            return GARBAGE;
        }
        if (octet != '\n') {
            line.append((char) (octet & 0xff));
            return OPEN;
        }
        String text = line.toString().stripTrailing();
        line.setLength(0);
        if (!startsWithCode(text)) {
            return GARBAGE;
        }
        lines.add(text.substring(Math.min(text.length(), CODE_DIGITS + 1)));
        if (text.length() > CODE_DIGITS && text.charAt(CODE_DIGITS) == '-') {
            return OPEN;
        }
        size = 0;
        complete = true;
        return Integer.parseInt(text, 0, CODE_DIGITS, 10);
    }

    /// The lines of the reply that ended last, without their codes.
    List<String> lines() {
        return List.copyOf(lines);
    }

    private static boolean startsWithCode(String text) {
        if (text.length() < CODE_DIGITS
                || text.charAt(0) < '1'
                || !text.chars().limit(CODE_DIGITS).allMatch(one -> one >= '0' && one <= '9')) {
            return false;
        }
        return text.length() == CODE_DIGITS
                || text.charAt(CODE_DIGITS) == ' '
                || text.charAt(CODE_DIGITS) == '-';
    }
}
