package holdfast.balance;

import holdfast.probe.ProbeSpec;
import java.time.Duration;

/// One health check of one real server (LVS specification, section 6).
///
/// @param delayLoop between checks
/// @param connectTimeout for each phase of a connection
/// @param retry failures borne before the server counts as down
/// @param delayBeforeRetry until the next check after a borne failure
/// @param warmup upper bound of the random wait before the first check
/// @param alpha down until the first success
/// @param logAllFailures borne failures are reported too
public record CheckerSpec(
        ProbeSpec probe,
        Duration delayLoop,
        Duration connectTimeout,
        int retry,
        Duration delayBeforeRetry,
        Duration warmup,
        boolean alpha,
        boolean logAllFailures) {}
