package holdfast.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Patterns of file names, as far as the text of a pattern says.
public final class Glob {

    /// More alternatives than any real include has.
    static final int ALTERNATIVES_MAX = 1_000;

    private Glob() {}

    /// Whether a pattern can match names other than itself.
    public static boolean hasWildcards(String pattern) {
        return pattern.chars().anyMatch(letter -> letter == '*' || letter == '?' || letter == '[');
    }

    /// The patterns that one with `{a,b}` stands for, from left to right; nested braces too.
    ///
    /// Braces without a partner, and a plain `{}`, are letters like others.
    static List<String> alternatives(String pattern) {
        List<String> done = new ArrayList<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(pattern));
        while (!open.isEmpty() && done.size() < ALTERNATIVES_MAX) {
            String next = open.pop();
            int start = next.indexOf('{');
            int end = start < 0 ? -1 : partner(next, start);
            if (end < 0 || open.size() > ALTERNATIVES_MAX) {
                done.add(next);
                continue;
            }
            List<String> parts = parts(next.substring(start + 1, end));
            for (String part : parts.reversed()) {
                open.push(next.substring(0, start) + part + next.substring(end + 1));
            }
        }
        return List.copyOf(done);
    }

    private static int partner(String pattern, int start) {
        int depth = 0;
        for (int i = start; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '{') {
                depth++;
            } else if (pattern.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /// Splits at the commas that are in no braces.
    private static List<String> parts(String inside) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            switch (inside.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(inside.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        parts.add(inside.substring(start));
        return parts;
    }
}
