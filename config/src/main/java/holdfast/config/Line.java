package holdfast.config;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A line of text whose letters know in which column of the file they were written.
///
/// Letters that came out of a definition have the column of the `$` that asked for them. Immutable.
final class Line {

    private final String file;
    private final int number;
    private final String text;

    /// The column of the first letter, where the others follow it as they do in the file.
    private final int first;

    /// The column of each letter, where something was put in or taken out.
    private final int @Nullable [] columns;

    private Line(String file, int number, String text, int first, int @Nullable [] columns) {
        this.file = file;
        this.number = number;
        this.text = text;
        this.first = first;
        this.columns = columns;
    }

    /// A line as it stands in a file.
    ///
    /// @param number counted from one
    static Line of(String file, int number, String text) {
        return new Line(file, number, text, 1, null);
    }

    String text() {
        return text;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    char at(int index) {
        return text.charAt(index);
    }

    int length() {
        return text.length();
    }

    /// Another text that stands where the letter at `index` stands.
    Line inPlaceOf(int index, String other) {
        int[] same = new int[other.length()];
        Arrays.fill(same, column(index));
        return new Line(file, number, other, 1, same);
    }

    Line from(int start) {
        return between(start, text.length());
    }

    Line between(int start, int end) {
        String part = text.substring(start, end);
        return columns == null
                ? new Line(file, number, part, first + start, null)
                : new Line(file, number, part, 1, Arrays.copyOfRange(columns, start, end));
    }

    /// The line with the letters from `start` to `end` replaced.
    Line replace(int start, int end, String with) {
        int moved = start + with.length();
        int[] after = new int[moved + text.length() - end];
        for (int i = 0; i < after.length; i++) {
            after[i] = i < start ? column(i) : column(i < moved ? start : i - moved + end);
        }
        String changed = text.substring(0, start) + with + text.substring(end);
        return new Line(file, number, changed, 1, after);
    }

    /// The line without the letter at `index`.
    Line without(int index) {
        return replace(index, index + 1, "");
    }

    Line strip() {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == text.length() ? this : between(start, end);
    }

    /// Where the letters from `start` to `end` were written.
    Diagnostic.Span span(int start, int end) {
        int first = column(start);
        int last = end > start ? column(end - 1) : first;
        return new Diagnostic.Span(file, number, first, Math.max(1, last - first + 1));
    }

    Diagnostic.Span span() {
        return span(0, text.length());
    }

    int column(int index) {
        if (columns == null) {
            return first + index;
        }
        if (index < columns.length) {
            return columns[index];
        }
        return columns.length == 0 ? 1 : columns[columns.length - 1] + 1;
    }

    /// White space as C's `isspace` knows it.
    static boolean isBlank(char letter) {
        return letter == ' ' || letter >= '\t' && letter <= '\r';
    }
}
