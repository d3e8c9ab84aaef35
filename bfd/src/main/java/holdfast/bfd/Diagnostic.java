package holdfast.bfd;

/// Why a session last left a state (RFC 5880, section 4.1). Higher numbers are reserved, and may be
/// heard all the same.
public enum Diagnostic {
    NONE(0),
    DETECTION_TIME_EXPIRED(1),
    ECHO_FAILED(2),
    NEIGHBOUR_SIGNALED_DOWN(3),
    FORWARDING_PLANE_RESET(4),
    PATH_DOWN(5),
    CONCATENATED_PATH_DOWN(6),
    ADMINISTRATIVELY_DOWN(7),
    REVERSE_CONCATENATED_PATH_DOWN(8);

    private final int code;

    Diagnostic(int code) {
        this.code = code;
    }

    /// As it is in packets.
    public int code() {
        return code;
    }
}
