package holdfast.sim;

/// A law that was broken.
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 2L;

    private final Law law;

    Violation(Law law, String what) {
        super(law + ": " + what);
        this.law = law;
    }

    Violation(Law law, Throwable cause) {
        super(law + ": " + cause, cause);
        this.law = law;
    }

    Law law() {
        return law;
    }
}
