package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.time.Duration;

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
}
