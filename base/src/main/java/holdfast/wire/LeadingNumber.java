package holdfast.wire;

/// The number that a text begins with, as strtol(3) reads it when it may choose the base.
///
/// `0x` begins a hexadecimal number, and `0` an octal one. What follows the number does not matter.
public final class LeadingNumber {

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;

    private LeadingNumber() {}

    /// The number; 0 when there is none, and the nearest `int` when it is larger than any.
    public static int of(CharSequence text) {
        int at = 0;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        int base = base(text, at);
        long number = 0;
        for (at += base == HEXADECIMAL ? 2 : 0; at < text.length(); at++) {
            int digit = digit(text.charAt(at));
            if (digit < 0 || digit >= base) {
                break;
            }
            number = Math.min(number * base + digit, 1L + Integer.MAX_VALUE);
        }
        return Math.clamp(negative ? -number : number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static int base(CharSequence text, int at) {
        if (at >= text.length() || text.charAt(at) != '0') {
            return DECIMAL;
        }
        boolean marked = at + 2 < text.length() && (text.charAt(at + 1) | 0x20) == 'x';
        int first = marked ? digit(text.charAt(at + 2)) : -1;
        return first >= 0 ? HEXADECIMAL : OCTAL;
    }

    private static int digit(char letter) {
        return letter < 128 ? Character.digit(letter, HEXADECIMAL) : -1;
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }
}
