package holdfast.daemon;

/// How much a line of the journal matters, in the order of syslog's severities from the mildest.
public enum Level {
    DEBUG(7),
    INFO(6),
    NOTICE(5),
    WARNING(4),
    ERROR(3);

    private final int severity;

    Level(int severity) {
        this.severity = severity;
    }

    /// The severity's number in a syslog message (RFC 5424, section 6.2.1).
    public int severity() {
        return severity;
    }
}
