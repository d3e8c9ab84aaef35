package holdfast.vrrp;

import java.time.Duration;
import java.util.Optional;

/// Processes that shall run, or shall not.
///
/// @param weight for those who track them and say nothing else
/// @param least how many must run
/// @param most how many may run; empty for any number
/// @param forkDelay until a number that became right counts
/// @param terminateDelay until a number that became wrong counts
public record TrackProcessSpec(
        String name,
        ProcessPattern pattern,
        Weight weight,
        int least,
        Optional<Integer> most,
        Duration forkDelay,
        Duration terminateDelay) {

    /// Whether so many are what shall be.
    public boolean isRight(int count) {
        return count >= least && count <= most.orElse(Integer.MAX_VALUE);
    }
}
