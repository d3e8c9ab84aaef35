package holdfast.probe;

import java.util.Arrays;

/// A text of octets as code points, and where each of them begins.
///
/// @param starts one more than there are letters; the last is the length of the text
record Utf8(int[] letters, int[] starts) {

    private static final int REPLACEMENT = 0xfffd;

    /// What is not UTF-8 becomes a letter that nobody writes, octet by octet.
    static Utf8 codePoints(byte[] text) {
        int[] letters = new int[text.length];
        int[] starts = new int[text.length + 1];
        int count = 0;
        int at = 0;
        while (at < text.length) {
            starts[count] = at;
            int more = following(text[at] & 0xff);
            int letter = more < 0 ? REPLACEMENT : decoded(text, at, more);
            letters[count++] = letter;
            at += letter == REPLACEMENT ? 1 : 1 + more;
        }
        starts[count] = text.length;
        return new Utf8(Arrays.copyOf(letters, count), Arrays.copyOf(starts, count + 1));
    }

    private static int following(int first) {
        if (first < 0x80) {
            return 0;
        }
        if (first < 0xc2 || first > 0xf4) {
            return -1;
        }
        return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    }

    private static int decoded(byte[] text, int at, int more) {
        int first = text[at] & 0xff;
        int letter = more == 0 ? first : first & 0x3f >> more;
        for (int i = 1; i <= more; i++) {
            if (at + i >= text.length || (text[at + i] & 0xc0) != 0x80) {
                return REPLACEMENT;
            }
            letter = letter << 6 | text[at + i] & 0x3f;
        }
        boolean good =
                letter >= (more == 2 ? 0x800 : more == 3 ? 0x10000 : 0)
                        && letter <= Character.MAX_CODE_POINT
                        && !(letter >= 0xd800 && letter < 0xe000);
        return good ? letter : REPLACEMENT;
    }

    /// The first letter that begins at an octet or behind it.
    int indexOf(int octet) {
        int found = Arrays.binarySearch(starts, octet);
        return found >= 0 ? found : -found - 1;
    }

    /// The last letter that begins at an octet or before it.
    int indexAtMost(int octet) {
        int found = Arrays.binarySearch(starts, octet);
        return found >= 0 ? found : -found - 2;
    }
}
