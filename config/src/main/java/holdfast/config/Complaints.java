package holdfast.config;

import java.util.ArrayList;
import java.util.List;

/// Collects what is to be said about a text; a flood is cut off. Confined to one thread.
final class Complaints {

    /// More than anybody will read; a loop of the language can repeat one mistake many times.
    static final int COUNT_MAX = 1_000;

    private final List<Diagnostic> diagnostics = new ArrayList<>();

    void add(Diagnostic diagnostic) {
        if (diagnostics.size() < COUNT_MAX) {
            diagnostics.add(diagnostic);
        } else if (diagnostics.size() == COUNT_MAX) {
            diagnostics.add(
                    Diagnostic.of(
                            ErrorClass.NOTE, diagnostic.at(), "more complaints are not shown"));
        }
    }

    void add(ErrorClass kind, Diagnostic.Span at, String message) {
        add(Diagnostic.of(kind, at, message));
    }

    List<Diagnostic> all() {
        return List.copyOf(diagnostics);
    }
}
