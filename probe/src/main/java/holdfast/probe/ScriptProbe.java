package holdfast.probe;

/// `MISC_CHECK`: what the end of a program says about the server.
public final class ScriptProbe {

    private static final int DYNAMIC_FIRST = 2;
    private static final int DYNAMIC_LAST = 255;

    private final ProbeSpec.Script spec;

    public ScriptProbe(ProbeSpec.Script spec) {
        this.spec = spec;
    }

    /// With `misc_dynamic` the statuses from 2 carry the weight, counted from 2.
    public Outcome exited(int status) {
        if (status == 0) {
            return Outcome.Passed.PLAIN;
        }
        if (spec.dynamic() && status >= DYNAMIC_FIRST && status <= DYNAMIC_LAST) {
            return new Outcome.Passed(status - DYNAMIC_FIRST);
        }
        return new Outcome.Failed("exit status " + status);
    }

    public Outcome killed(int signal) {
        return new Outcome.Failed("killed by signal " + signal);
    }

    public Outcome timedOut() {
        return new Outcome.Failed("still running after " + spec.timeout().toSeconds() + " s");
    }
}
