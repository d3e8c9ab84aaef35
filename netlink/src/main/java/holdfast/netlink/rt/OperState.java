package holdfast.netlink.rt;

/// The operational state of a link (RFC 2863), in the order of the kernel's numbers.
public enum OperState {
    UNKNOWN,
    NOT_PRESENT,
    DOWN,
    LOWER_LAYER_DOWN,
    TESTING,
    DORMANT,
    UP;

    static OperState of(int number) {
        return number < values().length ? values()[number] : UNKNOWN;
    }
}
