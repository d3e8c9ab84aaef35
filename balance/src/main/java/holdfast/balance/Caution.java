package holdfast.balance;

import java.time.Duration;

/// What a pool does beyond what Keepalived does, to be gentle with its servers. Off unless asked.
///
/// @param slowStart how long a server that has come back takes to its full weight; zero for not
///     at all
/// @param panicThreshold the part of the pool's weight, in percent, below which servers that fail
///     are kept; 0 for never
public record Caution(Duration slowStart, int panicThreshold) {

    public static final Caution NONE = new Caution(Duration.ZERO, 0);

    public Caution {
        if (slowStart.isNegative() || panicThreshold < 0 || panicThreshold > 100) {
            throw new IllegalArgumentException(slowStart + ", " + panicThreshold + " %");
        }
    }
}
