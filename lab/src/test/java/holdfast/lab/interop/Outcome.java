package holdfast.lab.interop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/// Who served the address in the end, since when, and for how long nobody or both did.
///
/// Immutable.
///
/// @param settled from the event to the last change
record Outcome(Holder holder, Duration settled, Duration nobody, Duration both) {

    /// What the turns of two routers came to from an event to the end of the observation.
    static Outcome of(List<Turn> first, List<Turn> second, Instant event, Instant end) {
        var moments = new TreeSet<Instant>();
        first.forEach(turn -> moments.add(turn.at()));
        second.forEach(turn -> moments.add(turn.at()));
        moments.removeIf(moment -> !moment.isAfter(event) || !moment.isBefore(end));
        moments.add(end);

        Holder holder = at(first, second, event);
        Instant since = event;
        Duration settled = Duration.ZERO;
        Duration nobody = Duration.ZERO;
        Duration both = Duration.ZERO;
        for (Instant moment : moments) {
            Duration span = Duration.between(since, moment);
            switch (holder) {
                case NOBODY -> nobody = nobody.plus(span);
                case BOTH -> both = both.plus(span);
                case FIRST, SECOND -> {
                    // As it should be.
                }
            }
            Holder next = at(first, second, moment);
            if (next != holder && moment.isBefore(end)) {
                settled = Duration.between(event, moment);
                holder = next;
            }
            since = moment;
        }
        return new Outcome(holder, settled, nobody, both);
    }

    private static Holder at(List<Turn> first, List<Turn> second, Instant moment) {
        return Holder.of(serves(first, moment), serves(second, moment));
    }

    private static boolean serves(List<Turn> turns, Instant moment) {
        boolean serves = false;
        for (Turn turn : turns) {
            if (!turn.at().isAfter(moment)) {
                serves = turn.serves();
            }
        }
        return serves;
    }
}
