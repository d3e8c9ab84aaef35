package holdfast.balance;

import java.time.Duration;

/// Spreads first checks over their warm-up, so that they do not all come at once.
///
/// A sequence of numbers that look random and depend on the seed alone (SplitMix64).
final class Spreader {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    Spreader(long seed) {
        this.state = seed;
    }

    /// A span from zero to less than `bound`, or zero when there is no room.
    Duration within(Duration bound) {
        long nanos = bound.toNanos();
        return nanos <= 0 ? Duration.ZERO : Duration.ofNanos((next() >>> 1) % nanos);
    }

    private long next() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
