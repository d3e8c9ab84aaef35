package holdfast.report;

import holdfast.time.MonoTime;
import java.time.Instant;

/// Both clocks, read at the same moment: what turns monotonic times into dates.
public record Clocks(MonoTime now, Instant wall) {

    /// The date of a point on the monotonic clock.
    public Instant at(MonoTime time) {
        return wall.minus(now.since(time));
    }
}
