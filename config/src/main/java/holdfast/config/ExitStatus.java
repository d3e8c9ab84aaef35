package holdfast.config;

import java.util.Collection;
import java.util.List;

/// What a test of the configuration exits with (configuration language specification, section 11).
public final class ExitStatus {

    public static final int CLEAN = 0;

    /// A word was missing that nothing can stand in for.
    public static final int MISSING_WORD = 2;

    /// A file or an interface was missing, and nothing else was wrong.
    public static final int MISSING_PART = 4;

    public static final int COMPLAINTS = 5;

    /// Scripts that others may change, or a strict include that failed.
    public static final int REFUSED = 6;

    private ExitStatus() {}

    public static int of(Collection<Diagnostic> diagnostics) {
        List<ErrorClass> kinds =
                diagnostics.stream()
                        .map(Diagnostic::kind)
                        .filter(kind -> kind != ErrorClass.NOTE)
                        .toList();
        if (kinds.isEmpty()) {
            return CLEAN;
        }
        if (kinds.contains(ErrorClass.MISSING_PARAMETER)) {
            return MISSING_WORD;
        }
        if (kinds.contains(ErrorClass.SECURITY) || kinds.contains(ErrorClass.INCLUDE)) {
            return REFUSED;
        }
        boolean onlyParts = kinds.stream().allMatch(kind -> kind.compareTo(ErrorClass.FATAL) <= 0);
        return onlyParts ? MISSING_PART : COMPLAINTS;
    }
}
