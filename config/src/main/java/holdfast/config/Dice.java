package holdfast.config;

/// Chance from a seed: the same seed gives the same numbers in every process (SplitMix64).
final class Dice {

    private long state;
    private boolean rolled;

    Dice(long seed) {
        this.state = seed;
    }

    /// A number from `min` to `max`, both included.
    long between(long min, long max) {
        long range = max - min + 1;
        return range <= 0 ? min : min + Long.remainderUnsigned(next(), range);
    }

    /// Whether anybody asked for a number.
    boolean isRolled() {
        return rolled;
    }

    private long next() {
        rolled = true;
        state += 0x9e3779b97f4a7c15L;
        long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
