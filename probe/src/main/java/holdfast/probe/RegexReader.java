package holdfast.probe;

import java.util.Arrays;

/// A place in a pattern, and the small words that patterns are made of.
final class RegexReader {

    private static final int END = -1;

    private final int[] text;
    private int at;

    RegexReader(int[] text) {
        this.text = text;
    }

    boolean more() {
        return at < text.length;
    }

    boolean at(int letter) {
        return peek(0) == letter;
    }

    private int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : END;
    }

    boolean takes(int letter) {
        if (at(letter)) {
            at++;
            return true;
        }
        return false;
    }

    int next() throws RegexSyntax {
        if (!more()) {
            throw new RegexSyntax("the pattern ends too early");
        }
        return text[at++];
    }

    /// A place to come back to.
    record Mark(int at) {}

    Mark mark() {
        return new Mark(at);
    }

    void reset(Mark mark) {
        at = mark.at();
    }

    void back() {
        at--;
    }

    /// With `extended`: blanks, and comments up to the end of the line.
    boolean skipsBlank() {
        if (more() && Letters.isSpace(peek(0))) {
            at++;
            return true;
        }
        if (!at('#')) {
            return false;
        }
        while (more() && !at('\n')) {
            at++;
        }
        return true;
    }

    void skipComment() throws RegexSyntax {
        while (next() != ')') {
            // What stands there is for people.
        }
    }

    /// What stands before `\E`, or all that is left.
    int[] quoted() {
        int from = at;
        while (more() && !(at('\\') && peek(1) == 'E')) {
            at++;
        }
        int[] quoted = Arrays.copyOfRange(text, from, at);
        at = Math.min(text.length, at + 2);
        return quoted;
    }

    /// Whether `{2}`, `{2,}` or `{2,3}` stands here; every other brace is a letter.
    boolean atCounts() {
        if (!at('{')) {
            return false;
        }
        int ahead = 1;
        while (Letters.isDigit(peek(ahead))) {
            ahead++;
        }
        boolean counted = ahead > 1;
        if (peek(ahead) == ',') {
            ahead++;
            while (Letters.isDigit(peek(ahead))) {
                ahead++;
            }
        }
        return counted && peek(ahead) == '}';
    }

    /// The least and the most of what [#atCounts] saw.
    int[] counts(int max) throws RegexSyntax {
        at++;
        int least = digits(max);
        int most = least;
        if (takes(',')) {
            most = at('}') ? RegexNode.ENDLESS : digits(max);
        }
        at++;
        if (most < least) {
            throw new RegexSyntax("the counts of a quantifier run backwards");
        }
        return new int[] {least, most};
    }

    private int digits(int max) throws RegexSyntax {
        StringBuilder digits = new StringBuilder();
        while (Letters.isDigit(peek(0))) {
            digits.appendCodePoint(next());
        }
        return number(digits.toString(), max);
    }

    static int number(String digits, int max) throws RegexSyntax {
        if (digits.isEmpty() || digits.length() > 9 || Integer.parseInt(digits) > max) {
            throw new RegexSyntax("the number '" + digits + "' is too large");
        }
        return Integer.parseInt(digits);
    }

    /// A name up to `end`.
    String name(int end) throws RegexSyntax {
        StringBuilder name = new StringBuilder();
        for (int letter = next(); letter != end; letter = next()) {
            name.appendCodePoint(letter);
            if (!Letters.isUnicodeWord(letter)) {
                throw new RegexSyntax("'" + name + "' is no name of a group");
            }
        }
        if (name.isEmpty() || Letters.isDigit(name.charAt(0))) {
            throw new RegexSyntax("'" + name + "' is no name of a group");
        }
        return name.toString();
    }

    /// What a condition asks for, without its quotes.
    String condition() throws RegexSyntax {
        StringBuilder word = new StringBuilder();
        for (int letter = next(); letter != ')'; letter = next()) {
            if (letter != '<' && letter != '>' && letter != '\'') {
                word.appendCodePoint(letter);
            }
        }
        return word.toString();
    }

    /// The text up to a brace that closes.
    String braced() throws RegexSyntax {
        StringBuilder word = new StringBuilder();
        for (int letter = next(); letter != '}'; letter = next()) {
            word.appendCodePoint(letter);
        }
        return word.toString();
    }

    /// As many digits of a base as there are, up to a count; -1 if there are none.
    int code(int base, int countMax) {
        int code = 0;
        int count = 0;
        while (count < countMax && peek(0) < 128 && Character.digit(peek(0), base) >= 0) {
            code = code * base + Character.digit(text[at++], base);
            count++;
        }
        return count == 0 ? END : code;
    }

    /// `[:alpha:]` here, as `alpha` or `^alpha`; empty if there is none.
    String posix() {
        if (!at('[') || peek(1) != ':') {
            return "";
        }
        StringBuilder name = new StringBuilder();
        int ahead = 2;
        while (peek(ahead) == '^' || peek(ahead) >= 'a' && peek(ahead) <= 'z') {
            name.appendCodePoint(peek(ahead++));
        }
        if (peek(ahead) != ':' || peek(ahead + 1) != ']') {
            return "";
        }
        at += ahead + 2;
        return name.toString();
    }
}
