package holdfast.sim;

/// Something that must never be, or must be in the end, and is not so.
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }
}
