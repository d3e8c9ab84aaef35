package holdfast.vrrp;

import java.time.Duration;
import java.util.Optional;

/// How the state of one interface is found out, and when it counts.
///
/// @param poll where to ask, every second; empty when the kernel tells by itself
/// @param downDelay for which an interface must be down until it counts
/// @param upDelay for which it must be up again
public record LinkWatchSpec(
        String interfaceName, Optional<Poll> poll, Duration downDelay, Duration upDelay) {

    /// Where an interface is asked whether it has a link.
    public enum Poll {
        /// Whichever of the others answers first, in their order.
        ANY,
        MII,
        ETHTOOL,
        IOCTL
    }
}
