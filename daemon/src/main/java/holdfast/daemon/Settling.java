package holdfast.daemon;

import holdfast.time.MonoTime;
import java.time.Duration;

/// A start or a reload whose roles have not all said that they are done.
///
/// @param number of the orders that they were given
/// @param giveUpAt when it counts as done, whatever they say
record Settling(
        Kind kind, long number, boolean vrrpPending, boolean checkersPending, MonoTime giveUpAt) {

    /// A role that takes longer has other troubles, and says so.
    static final Duration LONGEST = Duration.ofSeconds(30);

    enum Kind {
        START,
        RELOAD
    }

    Settling vrrpDone(long upTo) {
        return upTo < number ? this : new Settling(kind, number, false, checkersPending, giveUpAt);
    }

    Settling checkersDone(long upTo) {
        return upTo < number ? this : new Settling(kind, number, vrrpPending, false, giveUpAt);
    }

    boolean isDone() {
        return !vrrpPending && !checkersPending;
    }
}
