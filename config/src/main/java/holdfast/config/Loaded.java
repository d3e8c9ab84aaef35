package holdfast.config;

import java.util.List;

/// What reading a configuration came to.
///
/// @param configuration what is good of it
/// @param exitStatus what `-t` exits with (configuration language specification, section 11)
/// @param runnable whether a daemon may start with what is good of it
/// @param diagnostics in the order of the text; empty for a clean file
/// @param source all that was read, to be loaded again elsewhere
public record Loaded(
        Configuration configuration,
        int exitStatus,
        boolean runnable,
        List<Diagnostic> diagnostics,
        SourceBundle source) {

    public Loaded {
        diagnostics = List.copyOf(diagnostics);
    }

    /// Whether a running daemon may change over to it: a mistake leaves what runs untouched.
    public boolean reloadable() {
        return runnable
                && diagnostics.stream()
                        .noneMatch(
                                one ->
                                        one.severity() == Diagnostic.Severity.ERROR
                                                && one.kind() != ErrorClass.NOTE);
    }
}
