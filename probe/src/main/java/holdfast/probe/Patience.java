package holdfast.probe;

import java.util.regex.Pattern;

/// A text that may be looked at only so often, for patterns on texts that strangers wrote.
///
/// A pattern that backtracks can take longer than anybody lives; each look at a letter counts.
final class Patience implements CharSequence {

    enum Answer {
        FOUND,
        NOT_FOUND,
        EXHAUSTED
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("looked too often", null, false, false);
        }
    }

    /// About a tenth of a second.
    private static final int LOOKS_MAX = 10_000_000;

    private final String text;
    private int looks;

    private Patience(String text) {
        this.text = text;
    }

    /// Whether the pattern occurs in the text, as far as can be said with reasonable effort.
    static Answer search(Pattern pattern, String text) {
        try {
            boolean found = pattern.matcher(new Patience(text)).find();
            return found ? Answer.FOUND : Answer.NOT_FOUND;
        } catch (Exhausted | StackOverflowError e) {
            return Answer.EXHAUSTED;
        }
    }

    @Override
    public char charAt(int index) {
        if (++looks > LOOKS_MAX) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
