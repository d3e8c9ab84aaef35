package holdfast.daemon.host;

/// Patterns of names, as glob(7) has them: `*`, `?`, `[a-z]`, `[!x]`, and `\` before a letter.
final class Wildcards {

    private Wildcards() {}

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /// Whether a whole name is what the pattern means. Takes time in proportion to both lengths
    /// multiplied, whatever the pattern.
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int starAt = -1;
        int starName = 0;
        while (n < name.length()) {
            int width = p < pattern.length() ? single(pattern, p, name.charAt(n)) : 0;
            if (width > 0) {
                p += width;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                starAt = p++;
                starName = n;
            } else if (starAt >= 0) {
                p = starAt + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /// How many letters of the pattern at `p` stand for this one letter; 0 if they do not.
    private static int single(String pattern, int p, char letter) {
        return switch (pattern.charAt(p)) {
            case '*' -> 0;
            case '?' -> 1;
            case '[' -> set(pattern, p, letter);
            case '\\' -> p + 1 < pattern.length() && pattern.charAt(p + 1) == letter ? 2 : 0;
            default -> pattern.charAt(p) == letter ? 1 : 0;
        };
    }

    private static int set(String pattern, int open, char letter) {
        int close = pattern.indexOf(']', open + 2);
        if (close < 0) {
            return letter == '[' ? 1 : 0;
        }
        boolean negated = pattern.charAt(open + 1) == '!' || pattern.charAt(open + 1) == '^';
        boolean inside = false;
        for (int at = open + (negated ? 2 : 1); at < close; at++) {
            char from = pattern.charAt(at);
            char to = from;
            if (at + 2 < close && pattern.charAt(at + 1) == '-') {
                to = pattern.charAt(at + 2);
                at += 2;
            }
            inside |= from <= letter && letter <= to;
        }
        return inside == negated ? 0 : close - open + 1;
    }
}
