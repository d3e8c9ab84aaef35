package holdfast.config;

import java.util.List;

/// What reading a configuration came to.
///
/// @param exitStatus what `-t` exits with (configuration language specification, section 11)
/// @param runnable whether a daemon may start, or reload, with it
/// @param diagnostics in the order of the text; empty for a clean file
public record Loaded(
        Configuration configuration,
        int exitStatus,
        boolean runnable,
        List<Diagnostic> diagnostics) {

    public Loaded {
        diagnostics = List.copyOf(diagnostics);
    }
}
