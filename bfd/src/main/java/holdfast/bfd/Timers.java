package holdfast.bfd;

import java.time.Duration;

/// How fast a session wants to be, and how patient.
///
/// @param minRx the shortest interval at which packets are welcome
/// @param minTx the interval at which to send while the session is up
/// @param idleTx the interval at which to send otherwise; at least a second (RFC 5880, 6.8.3)
/// @param multiplier how many intervals without a packet the neighbour may bear
public record Timers(Duration minRx, Duration minTx, Duration idleTx, int multiplier) {

    public static final Duration LONGEST = Duration.ofMillis(4_294_967);

    private static final Duration SHORTEST = Duration.ofNanos(1_000);
    private static final Duration IDLE_SHORTEST = Duration.ofSeconds(1);
    private static final int MULTIPLIER_MAX = 255;

    // Below the limits, which it is held to.
    public static final Timers DEFAULT =
            new Timers(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofSeconds(1), 5);

    public Timers {
        demand(minRx, SHORTEST);
        demand(minTx, SHORTEST);
        demand(idleTx, IDLE_SHORTEST);
        if (multiplier < 1 || multiplier > MULTIPLIER_MAX) {
            throw new IllegalArgumentException("multiplier out of range: " + multiplier);
        }
    }

    private static void demand(Duration interval, Duration shortest) {
        if (interval.compareTo(shortest) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("interval out of range: " + interval);
        }
    }
}
