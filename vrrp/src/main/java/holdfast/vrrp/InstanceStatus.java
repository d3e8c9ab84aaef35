package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One instance as it is now, for status, dumps, and tests.
///
/// @param master who we believe is master; empty when nobody was heard, or it is us
/// @param masterInterval the interval the down timer reckons with
/// @param since when the role was taken
public record InstanceStatus(
        VrrpSpec spec,
        Role role,
        int priority,
        Optional<IpAddress> source,
        Optional<Master> master,
        Duration masterInterval,
        MonoTime since,
        List<FaultReason> faults,
        Counters counters) {

    /// Another router, as it spoke last.
    public record Master(IpAddress address, int priority) {}

    /// Plain numbers since start; kept over reloads.
    ///
    /// @param otherAddresses adverts that count, though their addresses are not ours
    public record Counters(
            long advertsReceived,
            long advertsSent,
            long becameMaster,
            long releasedMaster,
            long priorityZeroReceived,
            long priorityZeroSent,
            long otherAddresses,
            Map<DropReason, Long> dropped) {
        public Counters {
            dropped = Map.copyOf(dropped);
        }

        /// How many were ignored for one of these reasons.
        public long droppedFor(DropReason... reasons) {
            return Stream.of(reasons).mapToLong(one -> dropped.getOrDefault(one, 0L)).sum();
        }
    }
}
