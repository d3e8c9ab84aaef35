package holdfast.sim;

/// A law that was broken.
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 3L;

    private final transient Rule law;

    public Violation(Rule law, String what) {
        super(law + ": " + what);
        this.law = law;
    }

    public Violation(Rule law, Throwable cause) {
        super(law + ": " + cause, cause);
        this.law = law;
    }

    Rule law() {
        return law;
    }
}
