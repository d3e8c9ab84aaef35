package holdfast.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was probably meant.
final class Nearest {

    private Nearest() {}

    /// The candidate that takes the fewest typing mistakes to become `word`; empty if none is near.
    ///
    /// One mistake is allowed for every three letters, and at least one. Of equals the first wins.
    static Optional<String> of(String word, Collection<String> candidates) {
        String typed = word.toLowerCase(Locale.ROOT);
        int least = Math.max(1, word.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) < least) {
                int mistakes = distance(typed, candidate.toLowerCase(Locale.ROOT));
                if (mistakes < least) {
                    least = mistakes;
                    nearest = Optional.of(candidate);
                }
            }
        }
        return nearest;
    }

    /// Letters put in, left out, replaced, or swapped with their neighbour.
    static int distance(String one, String other) {
        int[][] rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                rows[i][j] = Math.min(i, j) == 0 ? i + j : cheapest(rows, one, other, i, j);
            }
        }
        return rows[one.length()][other.length()];
    }

    private static int cheapest(int[][] rows, String one, String other, int i, int j) {
        char a = one.charAt(i - 1);
        char b = other.charAt(j - 1);
        int cost = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
        cost = Math.min(cost, rows[i - 1][j - 1] + (a == b ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a == other.charAt(j - 2) && b == one.charAt(i - 2);
        return swapped ? Math.min(cost, rows[i - 2][j - 2] + 1) : cost;
    }
}
