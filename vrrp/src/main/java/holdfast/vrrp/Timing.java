package holdfast.vrrp;

import java.time.Duration;

/// @param interval between adverts: whole seconds in version 2, multiples of 10 ms in version 3
/// @param downTimerAdverts adverts that may be missed before a backup takes over, 1 to 100
public record Timing(Duration interval, int downTimerAdverts) {

    public static final Timing DEFAULT = new Timing(Duration.ofSeconds(1), 3);

    public Timing {
        if (interval.compareTo(Duration.ofMillis(10)) < 0
                || interval.compareTo(Duration.ofSeconds(255)) > 0
                || downTimerAdverts < 1
                || downTimerAdverts > 100) {
            throw new IllegalArgumentException("out of range: " + interval + downTimerAdverts);
        }
    }
}
