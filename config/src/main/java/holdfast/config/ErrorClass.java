package holdfast.config;

/// What kind of mistake a complaint is about, mildest last: the later of two decides how a test
/// of the configuration ends (configuration language specification, section 11).
public enum ErrorClass {
    /// Only worth saying; changes no exit status.
    NOTE,
    FILE_NOT_FOUND,
    BAD_INTERFACE,
    FATAL,
    MULTIPLE_FILES,
    UNKNOWN_KEYWORD,
    UNEXPECTED_OPEN,
    MISSING_OPEN,
    UNEXPECTED_CLOSE,
    MISSING_CLOSE,
    UNMATCHED_QUOTE,
    /// A word that nothing can stand in for; reading ends with it.
    MISSING_PARAMETER,
    INVALID_NUMBER,
    GENERAL,
    WARNING,
    DEPRECATED,
    /// A script or key file that others may change.
    SECURITY,
    /// An include that was asked to be strict, and failed.
    INCLUDE;

    /// How grave a complaint of this class is unless it says otherwise.
    Diagnostic.Severity severity() {
        return switch (this) {
            case NOTE, WARNING, DEPRECATED -> Diagnostic.Severity.WARNING;
            case FILE_NOT_FOUND,
                    BAD_INTERFACE,
                    FATAL,
                    MULTIPLE_FILES,
                    UNKNOWN_KEYWORD,
                    UNEXPECTED_OPEN,
                    MISSING_OPEN,
                    UNEXPECTED_CLOSE,
                    MISSING_CLOSE,
                    UNMATCHED_QUOTE,
                    MISSING_PARAMETER,
                    INVALID_NUMBER,
                    GENERAL,
                    SECURITY,
                    INCLUDE ->
                    Diagnostic.Severity.ERROR;
        };
    }
}
