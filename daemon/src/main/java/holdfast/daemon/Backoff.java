package holdfast.daemon;

import java.time.Duration;

/// How long to wait before something that failed is started again: 0, 1, 2, 4 … 32, then 60 s.
///
/// What ran for a minute is trusted again.
final class Backoff {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration TRUSTED = Duration.ofSeconds(60);

    private int failures;

    /// The wait after a failure of something that ran for so long.
    Duration after(Duration ran) {
        failures = ran.compareTo(TRUSTED) >= 0 ? 0 : failures;
        int before = failures++;
        if (before == 0) {
            return Duration.ZERO;
        }
        return before > 6 ? LONGEST : Duration.ofSeconds(1L << (before - 1));
    }
}
