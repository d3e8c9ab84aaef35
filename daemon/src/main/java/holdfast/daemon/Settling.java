package holdfast.daemon;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// A start or a reload whose roles have not all said that they are done.
///
/// @param number of the orders that they were given
/// @param pending who has not
/// @param giveUpAt when it counts as done, whatever they say
record Settling(Kind kind, long number, Set<RoleName> pending, MonoTime giveUpAt) {

    /// A role that takes longer has other troubles, and says so.
    static final Duration LONGEST = Duration.ofSeconds(30);

    enum Kind {
        START,
        RELOAD
    }

    Settling {
        pending = Set.copyOf(pending);
    }

    Settling done(RoleName role, long upTo) {
        if (upTo < number || !pending.contains(role)) {
            return this;
        }
        Set<RoleName> rest = EnumSet.copyOf(pending);
        rest.remove(role);
        return new Settling(kind, number, rest, giveUpAt);
    }

    /// The same with nobody to wait for.
    Settling givenUp() {
        return new Settling(kind, number, Set.of(), giveUpAt);
    }

    boolean isDone() {
        return pending.isEmpty();
    }
}
