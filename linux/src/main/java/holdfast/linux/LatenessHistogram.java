package holdfast.linux;

import java.time.Duration;
import java.util.Arrays;

/// How often which delay was seen, exact to a sixteenth, in fixed space.
///
/// Confined to one thread. Bucket of a value: its highest bit, and the four bits below it.
public final class LatenessHistogram {

    private static final int FINE_BITS = 4;
    private static final int FINE = 1 << FINE_BITS;

    private final long[] counts = new long[(Long.SIZE - FINE_BITS) * FINE];
    private long count;
    private long maxNanos;

    /// An empty one.
    public LatenessHistogram() {}

    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        maxNanos = Math.max(maxNanos, value);
    }

    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        maxNanos = 0;
    }

    /// The delay that this part of all records did not exceed, rounded up by a sixteenth at most.
    ///
    /// @param part between 0 and 1: 0.999 for p99.9
    public Duration quantile(double part) {
        long wanted = (long) Math.ceil(part * count);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return Duration.ofNanos(Math.min(upperEdge(bucket), maxNanos));
            }
        }
        return Duration.ZERO;
    }

    public Duration max() {
        return Duration.ofNanos(maxNanos);
    }

    public long count() {
        return count;
    }

    @Override
    public String toString() {
        return "p50 %d us, p99 %d us, p99.9 %d us, at most %d us, of %d"
                .formatted(
                        micros(quantile(0.5)),
                        micros(quantile(0.99)),
                        micros(quantile(0.999)),
                        micros(max()),
                        count);
    }

    private static long micros(Duration delay) {
        return delay.toNanos() / 1000;
    }

    /// Values below [#FINE] have a bucket each.
    private static int bucket(long value) {
        if (value < FINE) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - FINE_BITS;
        return (shift + 1) * FINE + (int) (value >>> shift) - FINE;
    }

    private static long upperEdge(int bucket) {
        if (bucket < FINE) {
            return bucket;
        }
        int shift = bucket / FINE - 1;
        return ((long) (bucket % FINE + FINE + 1) << shift) - 1;
    }
}
