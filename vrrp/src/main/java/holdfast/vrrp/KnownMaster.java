package holdfast.vrrp;

import java.time.Duration;
import java.util.Optional;

/// What a router knows of the master it follows: who it is, and how often it should be heard.
final class KnownMaster {

    private Optional<Heard> heard = Optional.empty();
    private Duration interval;

    /// @param interval what counts until a master says otherwise
    KnownMaster(Duration interval) {
        this.interval = interval;
    }

    boolean is(Heard other) {
        return heard.isPresent() && heard.get().source().equals(other.source());
    }

    void follow(Heard other) {
        if (heard.isEmpty() || !heard.get().equals(other)) {
            heard = Optional.of(other);
        }
    }

    void forget() {
        heard = Optional.empty();
    }

    void keeps(Duration other) {
        interval = other;
    }

    /// Follows new orders; an interval that a master told in version 3 stays.
    void respecify(VrrpSpec old, VrrpSpec next) {
        if (interval.equals(old.timing().interval()) || next.version() == Version.V2) {
            interval = next.timing().interval();
        }
    }

    Duration interval() {
        return interval;
    }

    Optional<InstanceStatus.Master> seen() {
        return heard.map(Heard::asMaster);
    }
}
