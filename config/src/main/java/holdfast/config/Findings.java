package holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The complaints about one configuration, as they are found.
final class Findings {

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private boolean fatal;

    void error(Word word, String message) {
        add(ErrorClass.GENERAL, word.at(), message);
    }

    void error(Word word, String message, String hint) {
        diagnostics.add(Diagnostic.of(ErrorClass.GENERAL, word.at(), message).hint(hint));
    }

    /// Something that no daemon shall start with.
    void fatal(Word word, String message) {
        fatal = true;
        error(word, message);
    }

    /// A word that nothing can stand in for.
    void missing(Word word, String message) {
        fatal = true;
        add(ErrorClass.MISSING_PARAMETER, word.at(), message);
    }

    void warning(Word word, String message) {
        add(ErrorClass.WARNING, word.at(), message);
    }

    void deprecated(Word word, String message) {
        add(ErrorClass.DEPRECATED, word.at(), message);
    }

    /// Worth saying, and without influence on how a test of the configuration ends.
    void note(Word word, String message) {
        add(ErrorClass.NOTE, word.at(), message);
    }

    /// A part of the configuration that is right and cannot be carried out: an error to people,
    /// and none to a test of the configuration.
    void unusable(Word word, String message) {
        diagnostics.add(
                new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        ErrorClass.NOTE,
                        word.at(),
                        message,
                        Optional.empty()));
    }

    void add(ErrorClass kind, Diagnostic.Span at, String message) {
        diagnostics.add(Diagnostic.of(kind, at, message));
    }

    void add(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    /// Whether a daemon may start in spite of all this.
    boolean bearable() {
        return !fatal;
    }

    /// How many there are until now.
    int count() {
        return diagnostics.size();
    }

    List<Diagnostic> all() {
        return List.copyOf(diagnostics);
    }
}
