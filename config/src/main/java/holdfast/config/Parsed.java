package holdfast.config;

import java.util.List;

/// A text as statements, and what was wrong with it as a text.
///
/// @param found whether there was a top file to read
/// @param source all that was read, for another process or for printing
public record Parsed(
        List<Statement> root, List<Diagnostic> diagnostics, boolean found, SourceBundle source) {

    public Parsed {
        root = List.copyOf(root);
        diagnostics = List.copyOf(diagnostics);
    }
}
