package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.OptionalInt;

/// One kind of tracked processes: how many there are, and what that comes to.
///
/// The first count decides at once. Later a number that becomes right or wrong counts when it
/// stayed so for the delay; the opposite ends the wait.
final class ProcessTracker {

    private TrackProcessSpec spec;
    private OptionalInt count = OptionalInt.empty();
    private boolean undecided = true;
    private boolean good;
    private MonoTime turnsAt = MonoTime.NEVER;

    ProcessTracker(TrackProcessSpec spec) {
        this.spec = spec;
    }

    /// Follows new orders. Other processes count from their first number on, and until then what
    /// was known stays so.
    ///
    /// @return whether it turned good or bad
    boolean respecify(Turn turn, TrackProcessSpec next) {
        if (next.equals(spec)) {
            return false;
        }
        boolean others = !next.pattern().equals(spec.pattern());
        spec = next;
        turnsAt = MonoTime.NEVER;
        if (others) {
            count = OptionalInt.empty();
        }
        return count.isPresent() && become(turn, spec.isRight(count.getAsInt()));
    }

    /// Takes a new number.
    ///
    /// @return whether it turned good or bad
    boolean on(Turn turn, int now) {
        boolean first = count.isEmpty();
        count = OptionalInt.of(now);
        boolean right = spec.isRight(now);
        if (first) {
            return become(turn, right);
        }
        if (right == good) {
            turnsAt = MonoTime.NEVER;
            return false;
        }
        Duration delay = right ? spec.forkDelay() : spec.terminateDelay();
        if (delay.isZero()) {
            return become(turn, right);
        }
        if (turnsAt.equals(MonoTime.NEVER)) {
            turnsAt = turn.now().plus(delay);
        }
        return false;
    }

    /// @return whether it turned good or bad
    boolean onDeadline(Turn turn) {
        return !turnsAt.isAfter(turn.now()) && become(turn, !good);
    }

    MonoTime deadline() {
        return turnsAt;
    }

    boolean isUndecided() {
        return undecided;
    }

    boolean isGood() {
        return good;
    }

    ProcessStatus status() {
        boolean waiting = !turnsAt.equals(MonoTime.NEVER);
        return new ProcessStatus(spec, count.orElse(0), good, waiting && !good, waiting && good);
    }

    private boolean become(Turn turn, boolean now) {
        turnsAt = MonoTime.NEVER;
        boolean turned = undecided || now != good;
        undecided = false;
        good = now;
        if (turned) {
            turn.ask(new VrrpEffect.ProcessesTurned(spec.name(), good, count.orElse(0)));
        }
        return turned;
    }
}
