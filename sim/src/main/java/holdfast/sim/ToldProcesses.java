package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.TrackProcessSpec;
import java.time.Duration;
import java.util.Optional;

/// What was told of one kind of processes, and whether their number counts as right.
final class ToldProcesses {

    private TrackProcessSpec spec;
    private Optional<Integer> count = Optional.empty();
    private Optional<Boolean> good = Optional.empty();
    private Optional<MonoTime> turnsAt = Optional.empty();

    ToldProcesses(TrackProcessSpec spec) {
        this.spec = spec;
    }

    void respecify(TrackProcessSpec next) {
        if (spec.equals(next)) {
            return;
        }
        if (!spec.pattern().equals(next.pattern())) {
            count = Optional.empty();
        }
        spec = next;
        turnsAt = Optional.empty();
        good = count.isPresent() ? count.map(spec::isRight) : good;
    }

    void counted(MonoTime now, int number) {
        boolean first = count.isEmpty();
        count = Optional.of(number);
        boolean right = spec.isRight(number);
        Duration delay = right ? spec.forkDelay() : spec.terminateDelay();
        if (first || delay.isZero() || good.equals(Optional.of(right))) {
            good = Optional.of(right);
            turnsAt = Optional.empty();
        } else {
            turnsAt = Optional.of(turnsAt.orElse(now.plus(delay)));
        }
    }

    /// A deadline is kept; whether they turned right or wrong.
    boolean look(MonoTime now) {
        if (turnsAt.isEmpty() || turnsAt.get().isAfter(now)) {
            return false;
        }
        turnsAt = Optional.empty();
        good = count.map(spec::isRight);
        return true;
    }

    /// Empty until they were counted.
    Optional<Boolean> good() {
        return good;
    }
}
