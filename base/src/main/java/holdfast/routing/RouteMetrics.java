package holdfast.routing;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The properties of a path (`RTAX_*`).
///
/// @param values number of a metric to its value, a 32-bit number without a sign
/// @param locked a bit for each metric that the kernel may not learn better
/// @param congestionControl the algorithm of TCP
public record RouteMetrics(
        SortedMap<Integer, Integer> values, int locked, Optional<String> congestionControl) {

    public static final int RTAX_LOCK = 1;
    public static final int RTAX_MTU = 2;
    public static final int RTAX_WINDOW = 3;
    public static final int RTAX_RTT = 4;
    public static final int RTAX_RTTVAR = 5;
    public static final int RTAX_SSTHRESH = 6;
    public static final int RTAX_CWND = 7;
    public static final int RTAX_ADVMSS = 8;
    public static final int RTAX_REORDERING = 9;
    public static final int RTAX_HOPLIMIT = 10;
    public static final int RTAX_INITCWND = 11;
    public static final int RTAX_FEATURES = 12;
    public static final int RTAX_RTO_MIN = 13;
    public static final int RTAX_INITRWND = 14;
    public static final int RTAX_QUICKACK = 15;
    public static final int RTAX_CC_ALGO = 16;
    public static final int RTAX_FASTOPEN_NO_COOKIE = 17;

    public static final RouteMetrics NONE = of(Map.of());

    public RouteMetrics {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /// Metrics without locks.
    public static RouteMetrics of(Map<Integer, Integer> values) {
        return new RouteMetrics(new TreeMap<>(values), 0, Optional.empty());
    }

    public boolean isEmpty() {
        return values.isEmpty() && congestionControl.isEmpty();
    }

    public boolean isLocked(int metric) {
        return (locked & 1 << metric) != 0;
    }
}
