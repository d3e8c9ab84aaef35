package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.TrackScriptSpec;
import java.util.Optional;

/// What was told of one script, and whether that makes it good or bad.
final class ToldScript {

    private static final long NONE = -1;

    private TrackScriptSpec spec;
    private Optional<Boolean> good;

    /// Whether the next result counts at once, whatever is needed later.
    private boolean firstDecides;

    private int against;
    private long run = NONE;
    private boolean overdue;
    private MonoTime nextStartAt;

    ToldScript(TrackScriptSpec spec, MonoTime now) {
        this.spec = spec;
        this.good = spec.initFail() ? Optional.of(false) : Optional.empty();
        this.firstDecides = !spec.initFail();
        this.nextStartAt = now;
    }

    void respecify(MonoTime now, TrackScriptSpec next) {
        MonoTime latest = now.plus(next.interval());
        if (!spec.script().equals(next.script())) {
            run = NONE;
            against = 0;
            firstDecides = true;
            nextStartAt = now;
        } else if (nextStartAt.isAfter(latest)) {
            nextStartAt = latest;
        }
        spec = next;
    }

    void started(long number) {
        run = number;
        overdue = false;
    }

    /// A deadline is kept: one that still hangs has failed once more.
    ///
    /// @return whether it turned good or bad
    boolean look(MonoTime now) {
        Optional<Boolean> before = good;
        if (!nextStartAt.isAfter(now)) {
            nextStartAt = now.plus(spec.interval());
            if (run != NONE && overdue) {
                take(false);
            }
        }
        return !before.equals(good);
    }

    void isOverdue(long number) {
        if (number == run && !overdue) {
            overdue = true;
            take(false);
        }
    }

    void finished(long number, boolean success) {
        if (number != run) {
            return;
        }
        run = NONE;
        if (!overdue) {
            take(success);
        }
    }

    private void take(boolean success) {
        against = good.equals(Optional.of(success)) ? 0 : against + 1;
        int needed = firstDecides || against == 0 ? 0 : success ? spec.rise() : spec.fall();
        firstDecides = false;
        if (against >= needed) {
            good = Optional.of(success);
            against = 0;
        }
    }

    /// Empty until the first result.
    Optional<Boolean> good() {
        return good;
    }
}
