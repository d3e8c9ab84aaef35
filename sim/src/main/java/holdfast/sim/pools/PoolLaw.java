package holdfast.sim.pools;

import holdfast.sim.Rule;

/// What must always be so of pools, each with the sentence that says it.
public enum PoolLaw implements Rule {
    NO_ACCIDENT("No event makes the core throw anything."),
    AWAKE("A deadline that was served is over: nobody wakes itself for ever."),
    VALID_COMMANDS("A command adds what is not there, or changes or removes what is."),
    FUNCTION("What the plane holds is a function of who is alive and of the orders."),
    NEVER_EMPTY("A service with someone to serve before and after has someone in between."),
    SERVED("While a server with weight is alive and the quorum holds, somebody serves."),
    APOLOGY("A sorry server serves if and only if the quorum is lost, and then alone."),
    QUORUM("The quorum is gained and lost where quorum and hysteresis say, and told each time."),
    TURNS("That a server is up or down is told once for each turn."),
    REASONS("A check turns by an answer: up by a success, down by as many failures as it bears."),
    ONE_PROBE("A check waits for one probe at a time, and nobody gives up what was not asked."),
    PACE("A check is made no sooner and no later than its delays say."),
    SUSPENDED("What `ha_suspend` rests is not asked."),
    GENTLE("A weight that is given by and by is never too much, and whole after the slow start."),
    PANIC("Servers that failed stay if and only if too much has failed, and were good last."),
    RELOAD_WITHOUT_NEWS("The same orders again have no effect at all."),
    UNCHANGED_UNTOUCHED("A reload has no effect on a service whose orders did not change."),
    MEMORY("A reload turns no server whose checks did not change."),
    TRUTH("In the calm the verdict on every server that is asked is the truth."),
    CALM("In the calm the plane is left alone."),
    STOP("Who was told to stop asks nothing more, and leaves nothing in the plane.");

    private final String sentence;

    PoolLaw(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
