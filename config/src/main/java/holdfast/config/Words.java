package holdfast.config;

import java.util.ArrayList;
import java.util.List;

/// Splits lines into words, in the three ways that the language has
/// (configuration language specification, section 3).
final class Words {

    /// A word and where in its text it stands, its quotes included.
    private record Cut(String text, int start, int end, boolean quoted) {}

    private static final int ESCAPE = 0x1b;

    private Words() {}

    /// The ordinary way: blanks and double quotes part words, a quote begins a word of its own.
    ///
    /// A quote that is not closed ends the line before it.
    static List<Word> ordinary(Line line) {
        List<Cut> cuts = cuts(line.text());
        List<Word> words = new ArrayList<>(cuts.size());
        for (Cut cut : cuts) {
            words.add(new Word(cut.text(), line.span(cut.start(), cut.end()), cut.quoted()));
        }
        return words;
    }

    /// Where the text behind the first word begins.
    static int behindFirst(Line line) {
        String text = line.text();
        int at = 0;
        while (at < text.length() && Line.isBlank(text.charAt(at))) {
            at++;
        }
        at = endOfWord(text, at);
        while (at < line.length() && Line.isBlank(line.at(at))) {
            at++;
        }
        return at;
    }

    /// The words of a script line: both kinds of quotes, which may stand inside a word. A backslash
    /// only keeps the letter behind it from being a quote or a blank.
    static Scalar<List<Word>> quoted(Statement statement) {
        return spanned(statement, false);
    }

    /// As [#quoted], with escapes turned into the letters they stand for.
    static Scalar<List<Word>> quotedEscaped(Statement statement) {
        return spanned(statement, true);
    }

    /// The command and arguments in the text of one word, escapes turned into letters.
    static Scalar<List<String>> arguments(String command) {
        List<Cut> cuts = new ArrayList<>();
        return split(command, true, cuts)
                ? Scalar.of(cuts.stream().map(Cut::text).toList())
                : Scalar.refused("a quote is not closed");
    }

    /// The end of the word at `at`; that of the text if its quote is not closed.
    private static int endOfWord(String text, int at) {
        if (at < text.length() && text.charAt(at) == '"') {
            int close = text.indexOf('"', at + 1);
            return close < 0 ? text.length() : close + 1;
        }
        int end = at;
        while (end < text.length() && !Line.isBlank(text.charAt(end)) && text.charAt(end) != '"') {
            end++;
        }
        return end;
    }

    private static List<Cut> cuts(String text) {
        List<Cut> cuts = new ArrayList<>(3);
        int at = 0;
        while (at < text.length()) {
            if (Line.isBlank(text.charAt(at))) {
                at++;
            } else if (text.charAt(at) == '"') {
                int close = text.indexOf('"', at + 1);
                if (close < 0) {
                    return cuts;
                }
                cuts.add(new Cut(text.substring(at + 1, close), at, close + 1, true));
                at = close + 1;
            } else {
                int end = endOfWord(text, at);
                cuts.add(new Cut(text.substring(at, end), at, end, false));
                at = end;
            }
        }
        return cuts;
    }

    private static Scalar<List<Word>> spanned(Statement statement, boolean escapes) {
        List<Cut> cuts = new ArrayList<>();
        boolean closed = split(statement.raw(), escapes, cuts);
        List<Cut> ordinary = cuts(statement.raw());
        List<Word> words =
                cuts.stream()
                        .map(
                                cut ->
                                        new Word(
                                                cut.text(),
                                                span(statement, ordinary, cut),
                                                cut.quoted))
                        .toList();
        return closed ? Scalar.of(words) : Scalar.saved(words, "a quote is not closed");
    }

    /// Counts from the nearest ordinary word before, since those know where they were written.
    private static Diagnostic.Span span(Statement statement, List<Cut> ordinary, Cut cut) {
        Diagnostic.Span nearest = statement.keyword().at();
        int column = nearest.column();
        for (int i = 0; i < Math.min(ordinary.size(), statement.words().size()); i++) {
            if (ordinary.get(i).start() <= cut.start()) {
                nearest = statement.words().get(i).at();
                column = nearest.column() + cut.start() - ordinary.get(i).start();
            }
        }
        return new Diagnostic.Span(
                nearest.file(), nearest.line(), column, Math.max(1, cut.end() - cut.start()));
    }

    /// Adds the words of `text`; false if the last quote is not closed.
    private static boolean split(String text, boolean escapes, List<Cut> cuts) {
        int at = 0;
        while (at < text.length()) {
            if (Line.isBlank(text.charAt(at))) {
                at++;
                continue;
            }
            StringBuilder word = new StringBuilder();
            int start = at;
            char quote = 0;
            boolean quoted = false;
            while (at < text.length() && (quote != 0 || !Line.isBlank(text.charAt(at)))) {
                char letter = text.charAt(at);
                if (letter == '\\' && at + 1 < text.length()) {
                    at = escapes ? decode(text, at + 1, word) : keep(text, at, word);
                    continue;
                }
                at++;
                if (quote == 0 && (letter == '"' || letter == '\'')) {
                    quote = letter;
                    quoted = true;
                } else if (letter == quote) {
                    quote = 0;
                } else {
                    word.append(letter);
                }
            }
            cuts.add(new Cut(word.toString(), start, at, quoted));
            if (quote != 0) {
                return false;
            }
        }
        return true;
    }

    private static int keep(String text, int at, StringBuilder word) {
        word.append(text, at, at + 2);
        return at + 2;
    }

    /// Adds the letter that the escape at `at`, behind its backslash, stands for; returns where it
    /// ends.
    private static int decode(String text, int at, StringBuilder word) {
        char letter = text.charAt(at);
        int next = at + 1;
        switch (letter) {
            case 'a' -> word.append((char) 7);
            case 'b' -> word.append('\b');
            case 'E' -> word.append((char) ESCAPE);
            case 'f' -> word.append('\f');
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 't' -> word.append('\t');
            case 'v' -> word.append((char) 11);
            case 'x' -> {
                int end = digits(text, next, 2, 16);
                word.append(end > next ? code(text, next, end, 16) : letter);
                next = end;
            }
            case 'c' -> {
                if (next < text.length()) {
                    word.append((char) (text.charAt(next++) & 0x1f));
                } else {
                    word.append(letter);
                }
            }
            default -> {
                int end = digits(text, at, 3, 8);
                word.append(end > at ? code(text, at, end, 8) : letter);
                next = Math.max(next, end);
            }
        }
        return next;
    }

    private static char code(String text, int start, int end, int base) {
        return (char) (Integer.parseInt(text, start, end, base) & 0xff);
    }

    private static int digits(String text, int start, int countMax, int base) {
        int end = start;
        while (end < text.length()
                && end - start < countMax
                && text.charAt(end) < 128
                && Character.digit(text.charAt(end), base) >= 0) {
            end++;
        }
        return end;
    }
}
