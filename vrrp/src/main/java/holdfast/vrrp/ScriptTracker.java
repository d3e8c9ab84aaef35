package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.time.Duration;

/// One tracked script: when it runs, and what its results come to.
///
/// It runs at once, then every interval, and never twice at the same time. The very first result
/// decides by itself; later it takes `fall` failures or `rise` successes in a row.
final class ScriptTracker {

    private enum Health {
        UNDECIDED,
        GOOD,
        BAD
    }

    /// What a running script may take over its time-out before it is given up: it is killed twice.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private TrackScriptSpec spec;
    private Health health;
    private int against;
    private MonoTime nextStartAt;
    private long run;
    private boolean running;

    ScriptTracker(TrackScriptSpec spec, MonoTime now) {
        this.spec = spec;
        this.health = spec.initFail() ? Health.BAD : Health.UNDECIDED;
        this.nextStartAt = now;
    }

    /// Follows new orders; what is known stays known.
    void respecify(TrackScriptSpec next, MonoTime now) {
        if (!next.script().equals(spec.script())) {
            running = false;
            nextStartAt = now;
        }
        spec = next;
    }

    /// Starts the script when it is time.
    ///
    /// @param nextRun a number that no run had before
    /// @return whether the number was used
    boolean onDeadline(Turn turn, long nextRun) {
        if (deadline().isAfter(turn.now())) {
            return false;
        }
        run = nextRun;
        running = true;
        nextStartAt = turn.now().plus(spec.interval());
        turn.ask(new VrrpEffect.RunScript(spec.name(), run, spec, spec.timeout()));
        return true;
    }

    /// Takes a result; one of an earlier run is ignored.
    ///
    /// @return whether the script turned good or bad
    boolean onFinished(Turn turn, long finished, boolean success) {
        if (!running || finished != run) {
            return false;
        }
        running = false;
        Health before = health;
        switch (health) {
            case UNDECIDED -> become(turn, success);
            case GOOD -> count(turn, !success, spec.fall(), false);
            case BAD -> count(turn, success, spec.rise(), true);
        }
        return health != before;
    }

    MonoTime deadline() {
        return running ? nextStartAt.plus(spec.timeout()).plus(GRACE) : nextStartAt;
    }

    TrackScriptSpec spec() {
        return spec;
    }

    boolean isUndecided() {
        return health == Health.UNDECIDED;
    }

    boolean isGood() {
        return health == Health.GOOD;
    }

    private void count(Turn turn, boolean speaksAgainst, int needed, boolean good) {
        against = speaksAgainst ? against + 1 : 0;
        if (against >= needed) {
            become(turn, good);
        }
    }

    private void become(Turn turn, boolean good) {
        against = 0;
        health = good ? Health.GOOD : Health.BAD;
        turn.ask(new VrrpEffect.ScriptTurned(spec.name(), good));
    }
}
