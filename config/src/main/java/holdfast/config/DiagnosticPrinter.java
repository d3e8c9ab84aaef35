package holdfast.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Prints complaints for people: the sentence, the line it is about, and marks under the words.
public final class DiagnosticPrinter {

    private static final int EXCERPT_LETTERS_MAX = 160;

    /// Lines whose values are nobody's business.
    private static final Pattern SECRET =
            Pattern.compile("\\b(auth_pass|smtp_password|password|key)(?=\\s|\"|$)");

    private static final Pattern VALUE = Pattern.compile("\\S");

    private DiagnosticPrinter() {}

    /// Every complaint, each with the line of its source.
    public static String print(List<Diagnostic> diagnostics, SourceBundle source) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            out.append(diagnostic).append('\n');
            Diagnostic.Span at = diagnostic.at();
            Optional<String> line = source.line(at.file(), at.line());
            line.ifPresent(text -> excerpt(out, masked(text), at));
            diagnostic.hint().ifPresent(hint -> out.append("    ").append(hint).append('\n'));
        }
        return out.toString();
    }

    private static void excerpt(StringBuilder out, String line, Diagnostic.Span at) {
        int first = Math.min(at.column() - 1, line.length());
        int start = Math.max(0, first - EXCERPT_LETTERS_MAX / 2);
        int end = Math.min(line.length(), start + EXCERPT_LETTERS_MAX);
        String before = printable(line.substring(start, first));
        out.append("    ").append(printable(line.substring(start, end))).append('\n');
        out.append("    ").append(before.replaceAll("[^\\t]", " "));
        int marks = Math.max(1, Math.min(at.length(), end - first));
        out.append('^').append("~".repeat(marks - 1)).append('\n');
    }

    /// Each letter of a secret value as a star, so that the columns stay.
    private static String masked(String line) {
        var secret = SECRET.matcher(line);
        if (!secret.find()) {
            return line;
        }
        String value = line.substring(secret.end());
        return line.substring(0, secret.end()) + VALUE.matcher(value).replaceAll("*");
    }

    /// A text that cannot move the cursor of a terminal.
    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .map(letter -> letter == '\t' || !Character.isISOControl(letter) ? letter : '?')
                .forEach(letter -> out.append((char) letter));
        return out.toString();
    }
}
