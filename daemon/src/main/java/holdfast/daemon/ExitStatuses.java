package holdfast.daemon;

/// What the daemon exits with (configuration language specification, section 11).
final class ExitStatuses {

    static final int OK = 0;
    static final int FATAL = 1;
    static final int CONFIGURATION = 2;
    static final int PERMISSION = 4;
    static final int NO_CONFIGURATION = 6;
    static final int BROKEN = 70;

    private ExitStatuses() {}

    /// Whether a process that ends so shall end all others, too: starting it again would not help.
    static boolean isFinal(int status) {
        return status == FATAL || status == CONFIGURATION || status == PERMISSION;
    }
}
