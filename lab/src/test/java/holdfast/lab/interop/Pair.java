package holdfast.lab.interop;

import java.util.List;

/// Two programs on one wire: the one with the higher priority, and the one that stands by.
///
/// Immutable.
record Pair(Make first, Make second) {

    /// Holdfast both ways round beside each of the others, and each with itself for comparison.
    static List<Pair> all() {
        return List.of(
                new Pair(Make.HOLDFAST, Make.KEEPALIVED),
                new Pair(Make.KEEPALIVED, Make.HOLDFAST),
                new Pair(Make.HOLDFAST, Make.FRR),
                new Pair(Make.FRR, Make.HOLDFAST),
                new Pair(Make.HOLDFAST, Make.HOLDFAST),
                new Pair(Make.KEEPALIVED, Make.KEEPALIVED));
    }

    boolean has(Make make) {
        return first == make || second == make;
    }

    @Override
    public String toString() {
        return first + " over " + second;
    }
}
