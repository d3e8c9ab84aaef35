package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An advert that passed every check.
record Heard(IpAddress source, int priority, Duration interval) {

    InstanceStatus.Master asMaster() {
        return new InstanceStatus.Master(source, priority);
    }

    boolean isResignation() {
        return priority == Priority.RESIGN.value();
    }

    boolean isOwners() {
        return priority == Priority.OWNER.value();
    }

    /// How its router compares to one of a priority and, between equals, an address: positive if it
    /// is the better one.
    int against(int ours, Optional<IpAddress> from) {
        int rank = Integer.compare(priority, ours);
        return rank == 0 && from.isPresent() ? IpAddress.compare(source, from.get()) : rank;
    }

    // Written out: compared for each advert, which what a record brings along makes dear.
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof Heard that
                        && priority == that.priority
                        && source.equals(that.source)
                        && interval.equals(that.interval);
    }

    @Override
    public int hashCode() {
        return source.hashCode() * 31 + priority;
    }
}
