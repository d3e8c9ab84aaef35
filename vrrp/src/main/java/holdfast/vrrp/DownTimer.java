package holdfast.vrrp;

import java.time.Duration;

/// How long a backup waits (RFC 3768, section 6.1; RFC 9568, section 6.1).
final class DownTimer {

    /// Less than any wait, more than nothing: an owner does not wait at all.
    static final Duration AT_ONCE = Duration.ofNanos(1_000);

    private static final int STEPS = 256;
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private DownTimer() {}

    /// What the weaker waits longer, so that the strongest is first.
    static Duration skew(Version version, int priority, Duration masterInterval) {
        Duration unit =
                switch (version) {
                    case V2 -> ONE_SECOND;
                    case V3 -> masterInterval;
                };
        return Duration.ofNanos(unit.toNanos() * (STEPS - priority) / STEPS);
    }

    /// The silence after which a master is held to be gone.
    static Duration masterDown(VrrpSpec spec, int priority, Duration masterInterval) {
        // In nanoseconds: durations multiply by way of big decimals, and this is for each advert.
        long silence = masterInterval.toNanos() * spec.timing().downTimerAdverts();
        return skew(spec.version(), priority, masterInterval).plusNanos(silence);
    }

    /// The silence after which a router of this priority would be master (RFC 9568, section 6.1).
    static Duration takeover(VrrpSpec spec, int priority) {
        Duration interval = spec.timing().interval();
        return interval.multipliedBy(Timing.DEFAULT.downTimerAdverts())
                .plus(skew(spec.version(), priority, interval));
    }

    /// The first wait of a router that was told to be master, but does not own the addresses.
    static Duration eager(VrrpSpec spec) {
        Duration interval = spec.timing().interval();
        return interval.plus(skew(spec.version(), Priority.OWNER.value(), interval));
    }
}
