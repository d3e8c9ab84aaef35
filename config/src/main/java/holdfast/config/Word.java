package holdfast.config;

/// One word of a line, after quotes were taken off.
///
/// @param quoted whether it was written in quotes, and so may hold blanks or be empty
public record Word(String text, Diagnostic.Span at, boolean quoted) {}
