package holdfast.daemon;

import holdfast.vrrp.DropReason;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.InstanceStatus.Counters;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where statistics count from, since somebody asked to clear them. The counters themselves never
/// go back.
final class StatsBaseline {

    private static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0, 0, Map.of());

    private final Map<String, Counters> cleared = new HashMap<>();

    void clear(List<InstanceStatus> now) {
        now.forEach(status -> cleared.put(status.spec().name(), status.counters()));
    }

    List<InstanceStatus> since(List<InstanceStatus> now) {
        return now.stream().map(this::since).toList();
    }

    private InstanceStatus since(InstanceStatus status) {
        Counters before = cleared.getOrDefault(status.spec().name(), ZERO);
        // An instance that was removed and made again counts from zero by itself.
        boolean again = before.advertsSent() > status.counters().advertsSent();
        return new InstanceStatus(
                status.spec(),
                status.role(),
                status.priority(),
                status.source(),
                status.master(),
                status.masterInterval(),
                status.since(),
                status.faults(),
                again ? status.counters() : minus(status.counters(), before));
    }

    private static Counters minus(Counters now, Counters before) {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        now.dropped()
                .forEach(
                        (reason, count) ->
                                dropped.put(
                                        reason, count - before.dropped().getOrDefault(reason, 0L)));
        return new Counters(
                now.advertsReceived() - before.advertsReceived(),
                now.advertsSent() - before.advertsSent(),
                now.becameMaster() - before.becameMaster(),
                now.releasedMaster() - before.releasedMaster(),
                now.priorityZeroReceived() - before.priorityZeroReceived(),
                now.priorityZeroSent() - before.priorityZeroSent(),
                now.otherAddresses() - before.otherAddresses(),
                dropped);
    }
}
