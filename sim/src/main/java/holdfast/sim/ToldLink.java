package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEvent;
import java.time.Duration;
import java.util.Optional;

/// What was told of one interface, and what it counts as: restless ones count as what they were
/// until a change has lasted.
final class ToldLink {

    private Optional<VrrpEvent.LinkIs> last = Optional.empty();
    private Optional<VrrpEvent.LinkIs> counts = Optional.empty();
    private Optional<MonoTime> otherSince = Optional.empty();

    void gone() {
        last = Optional.empty();
        counts = Optional.empty();
        otherSince = Optional.empty();
    }

    /// @param downDelay for which it must be down
    /// @param upDelay for which it must be up
    /// @return whether it counts as something else now
    boolean is(MonoTime now, VrrpEvent.LinkIs link, Duration downDelay, Duration upDelay) {
        last = Optional.of(link);
        return look(now, downDelay, upDelay);
    }

    /// Lets a change count that has lasted; whether there was one.
    boolean look(MonoTime now, Duration downDelay, Duration upDelay) {
        if (last.isEmpty()) {
            return false;
        }
        Optional<VrrpEvent.LinkIs> before = counts;
        VrrpEvent.LinkIs link = last.get();
        boolean same = counts.isEmpty() || counts.get().up() == link.up();
        MonoTime since = otherSince.orElse(now);
        if (same || !since.plus(link.up() ? upDelay : downDelay).isAfter(now)) {
            counts = last;
            otherSince = Optional.empty();
            return !before.equals(counts);
        }
        otherSince = Optional.of(since);
        if (link.up()) {
            // It still counts as down, with the addresses that it has by now.
            counts =
                    Optional.of(
                            new VrrpEvent.LinkIs(
                                    link.name(), false, link.mtu(), link.mac(), link.addresses()));
        }
        return !before.equals(counts);
    }

    /// Empty while there is no such interface.
    Optional<VrrpEvent.LinkIs> counts() {
        return counts;
    }

    boolean isUp() {
        return counts.isPresent() && counts.get().up();
    }
}
