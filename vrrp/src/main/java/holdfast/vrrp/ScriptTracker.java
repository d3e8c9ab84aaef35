package holdfast.vrrp;

import holdfast.time.MonoTime;

/// One tracked script: when it runs, and what its results come to.
///
/// It runs at once, then every interval, and never twice at the same time: an interval that finds
/// it running is passed over. The very first result decides by itself; later it takes `fall`
/// failures or `rise` successes in a row. A run that takes too long is a failure at that moment,
/// and another one at each interval that it still hangs.
final class ScriptTracker {

    private enum Health {
        UNDECIDED,
        GOOD,
        BAD
    }

    private enum Run {
        NONE,
        UNDER_WAY,
        /// Took too long, which was counted; its end means nothing any more.
        OVERDUE
    }

    private TrackScriptSpec spec;
    private Health health;
    private boolean firstDecides;
    private int against;
    private MonoTime nextStartAt;
    private long number;
    private Run run = Run.NONE;

    ScriptTracker(TrackScriptSpec spec, MonoTime now) {
        this.spec = spec;
        this.health = spec.initFail() ? Health.BAD : Health.UNDECIDED;
        this.firstDecides = !spec.initFail();
        this.nextStartAt = now;
    }

    /// Follows new orders. What is known stays known; the first result of another script decides.
    void respecify(TrackScriptSpec next, MonoTime now) {
        if (!next.script().equals(spec.script())) {
            run = Run.NONE;
            against = 0;
            firstDecides = true;
            nextStartAt = now;
        } else if (nextStartAt.isAfter(now.plus(next.interval()))) {
            nextStartAt = now.plus(next.interval());
        }
        spec = next;
    }

    /// Starts the script when it is time.
    ///
    /// @param nextNumber one that no run had before
    /// @return whether the script turned good or bad, since it hangs
    boolean onDeadline(Turn turn, long nextNumber) {
        if (nextStartAt.isAfter(turn.now())) {
            return false;
        }
        nextStartAt = turn.now().plus(spec.interval());
        return switch (run) {
            case NONE -> {
                number = nextNumber;
                run = Run.UNDER_WAY;
                turn.ask(new VrrpEffect.RunScript(spec.name(), number, spec, spec.timeout()));
                yield false;
            }
            case UNDER_WAY -> false;
            case OVERDUE -> take(turn, false);
        };
    }

    /// Takes notice that a run takes too long.
    ///
    /// @return whether the script turned good or bad
    boolean onOverdue(Turn turn, long overdue) {
        if (run != Run.UNDER_WAY || overdue != number) {
            return false;
        }
        run = Run.OVERDUE;
        return take(turn, false);
    }

    /// Takes a result; one of an earlier run is ignored.
    ///
    /// @return whether the script turned good or bad
    boolean onFinished(Turn turn, long finished, boolean success) {
        if (run == Run.NONE || finished != number) {
            return false;
        }
        boolean counted = run == Run.OVERDUE;
        run = Run.NONE;
        return !counted && take(turn, success);
    }

    MonoTime deadline() {
        return nextStartAt;
    }

    /// Whether the next deadline starts a run.
    boolean isIdle() {
        return run == Run.NONE;
    }

    boolean isUndecided() {
        return health == Health.UNDECIDED;
    }

    boolean isGood() {
        return health == Health.GOOD;
    }

    private boolean take(Turn turn, boolean success) {
        Health result = success ? Health.GOOD : Health.BAD;
        if (result == health) {
            firstDecides = false;
            against = 0;
            return false;
        }
        against++;
        int needed = firstDecides ? 1 : success ? spec.rise() : spec.fall();
        if (against < needed) {
            return false;
        }
        firstDecides = false;
        against = 0;
        health = result;
        turn.ask(new VrrpEffect.ScriptTurned(spec.name(), success));
        return true;
    }
}
