package holdfast.bfd;

/// The state of a session (RFC 5880, section 4.1).
public enum State {
    ADMIN_DOWN(0),
    DOWN(1),
    INIT(2),
    UP(3);

    private static final State[] BY_CODE = {ADMIN_DOWN, DOWN, INIT, UP};

    private final int code;

    State(int code) {
        this.code = code;
    }

    /// The state with these two bits.
    static State of(int code) {
        return BY_CODE[code];
    }

    int code() {
        return code;
    }
}
