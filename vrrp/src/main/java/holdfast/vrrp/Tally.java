package holdfast.vrrp;

import java.util.EnumMap;
import java.util.Map;

/// The counters of one instance.
final class Tally {

    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private long otherAddresses;
    private long advertsReceived;
    private long advertsSent;
    private long becameMaster;
    private long releasedMaster;
    private long priorityZeroReceived;
    private long priorityZeroSent;

    void dropped(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    void otherAddresses() {
        otherAddresses++;
    }

    void received() {
        advertsReceived++;
    }

    void receivedResignation() {
        priorityZeroReceived++;
    }

    void sent() {
        advertsSent++;
    }

    void sentResignation() {
        priorityZeroSent++;
    }

    void becameMaster() {
        becameMaster++;
    }

    void releasedMaster() {
        releasedMaster++;
    }

    InstanceStatus.Counters counters() {
        return new InstanceStatus.Counters(
                advertsReceived,
                advertsSent,
                becameMaster,
                releasedMaster,
                priorityZeroReceived,
                priorityZeroSent,
                otherAddresses,
                dropped);
    }
}
