package holdfast.sim;

import java.util.Set;

/// What to play.
///
/// @param without numbers of misfortunes that do not happen
/// @param fair whether what is sent is never lost, late, or doubled
public record Play(long seed, Set<Integer> without, boolean fair) {

    public Play {
        without = Set.copyOf(without);
    }

    static Play of(long seed) {
        return new Play(seed, Set.of(), false);
    }
}
