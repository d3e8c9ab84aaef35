package holdfast.probe;

import java.util.function.IntPredicate;

/// A set of letters: octets, or code points where a text is UTF-8.
final class Letters {

    private static final int LOW = 256;

    private final boolean[] low = new boolean[LOW];
    private final IntPredicate all;

    Letters(IntPredicate all) {
        this.all = all;
        for (int letter = 0; letter < LOW; letter++) {
            low[letter] = all.test(letter);
        }
    }

    boolean has(int letter) {
        return letter < LOW ? low[letter] : all.test(letter);
    }

    /// With the other case of each letter.
    ///
    /// @param unicode whether letters beyond ASCII have another case
    static IntPredicate caseless(IntPredicate set, boolean unicode) {
        return letter -> {
            if (set.test(letter)) {
                return true;
            }
            if (letter < 128) {
                int other = otherCase(letter);
                return other != letter && set.test(other)
                        || unicode && (letter == 'k' || letter == 'K') && set.test(0x212a)
                        || unicode && (letter == 's' || letter == 'S') && set.test(0x17f);
            }
            return unicode
                    && (set.test(Character.toLowerCase(letter))
                            || set.test(Character.toUpperCase(letter))
                            || set.test(Character.toLowerCase(Character.toUpperCase(letter))));
        };
    }

    private static int otherCase(int letter) {
        boolean cased = letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
        return cased ? letter ^ 0x20 : letter;
    }

    /// Whether two letters are the same but for their case.
    static boolean same(int one, int other, boolean unicode) {
        return one == other || caseless(letter -> letter == other, unicode).test(one);
    }

    static boolean isWord(int letter) {
        return letter >= 'a' && letter <= 'z'
                || letter >= 'A' && letter <= 'Z'
                || isDigit(letter)
                || letter == '_';
    }

    static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    static boolean isSpace(int letter) {
        return letter == ' ' || letter >= '\t' && letter <= '\r';
    }

    static boolean isHorizontal(int letter) {
        return letter == ' '
                || letter == '\t'
                || letter == 0xa0
                || letter == 0x1680
                || letter == 0x180e
                || letter >= 0x2000 && letter <= 0x200a
                || letter == 0x202f
                || letter == 0x205f
                || letter == 0x3000;
    }

    static boolean isVertical(int letter) {
        return letter >= '\n' && letter <= '\r'
                || letter == 0x85
                || letter == 0x2028
                || letter == 0x2029;
    }

    static boolean isUnicodeWord(int letter) {
        return Character.isLetterOrDigit(letter)
                || letter == '_'
                || Character.getType(letter) == Character.LETTER_NUMBER
                || Character.getType(letter) == Character.OTHER_NUMBER;
    }

    static boolean isUnicodeSpace(int letter) {
        return isHorizontal(letter) || isVertical(letter) || Character.isSpaceChar(letter);
    }
}
