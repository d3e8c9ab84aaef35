package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.time.Instant;

/// The time of day, as far as the node was told it. It may jump; nothing but stamps goes by it.
final class WallClock {

    private static final int FRACTIONS = 1 << 16;
    private static final long NANOS = 1_000_000_000L;

    private MonoTime toldAt = new MonoTime(0);
    private Instant told = Instant.EPOCH;

    void is(MonoTime now, Instant time) {
        toldAt = now;
        told = time;
    }

    /// A stamp for now, with the counter 0.
    long stamp(MonoTime now) {
        Duration since = now.since(toldAt);
        Instant time = since.isZero() ? told : told.plus(since);
        long fraction = time.getNano() * (long) FRACTIONS / NANOS;
        return time.getEpochSecond() << 32 | fraction << 16;
    }
}
