package holdfast.probe;

/// A pattern that cannot be read.
final class RegexSyntax extends Exception {
    private static final long serialVersionUID = 1;

    /// @param message for people, in the middle of a sentence
    RegexSyntax(String message) {
        super(message, null, false, false);
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
