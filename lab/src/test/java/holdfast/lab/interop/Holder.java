package holdfast.lab.interop;

/// Who serves the address.
enum Holder {
    FIRST,
    SECOND,
    BOTH,
    NOBODY;

    static Holder of(boolean first, boolean second) {
        if (first) {
            return second ? BOTH : FIRST;
        }
        return second ? SECOND : NOBODY;
    }
}
