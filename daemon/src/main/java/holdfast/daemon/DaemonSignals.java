package holdfast.daemon;

import holdfast.linux.Signal;
import java.util.Set;

/// The signals that the daemon understands (runtime specification, section 3).
final class DaemonSignals {

    static final Signal JSON = new Signal(SignalNumbers.JSON);
    static final Signal STATISTICS_AND_CLEAR = new Signal(SignalNumbers.STATS_CLEAR);
    static final Signal THREADS = new Signal(SignalNumbers.RTMAX);

    /// What the launcher blocks and we read.
    static final Set<Signal> ALL =
            Set.of(
                    Signal.HUP,
                    Signal.INT,
                    Signal.TERM,
                    Signal.USR1,
                    Signal.USR2,
                    Signal.XCPU,
                    JSON,
                    STATISTICS_AND_CLEAR,
                    THREADS);

    private DaemonSignals() {}
}
