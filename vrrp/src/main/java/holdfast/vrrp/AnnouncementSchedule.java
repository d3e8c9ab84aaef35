package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gratuitous messages that are still to be sent, for all instances.
///
/// Each interface and family is a lane, and so is each group of interfaces that share a limit. A
/// turn sends a bounded number of messages, so that adverts are never late because of a thousand
/// announcements, and a lane keeps the least gap it was told.
final class AnnouncementSchedule {

    /// Messages in one turn; at some 5 µs each they take less than half a millisecond.
    static final int PER_TURN = 64;

    /// The pause between two turns that sent as many as they may.
    static final Duration PAUSE = Duration.ofMillis(1);

    /// @param place the name of an interface, or a group
    private record LaneKey(Object place, Family family) {}

    private record Item(Holding holding, VirtualAddress address) {}

    private static final class Lane {
        private final Map<Item, Integer> pending = new LinkedHashMap<>();
        private final Duration gap;
        private MonoTime openAt = new MonoTime(Long.MIN_VALUE);

        private Lane(Duration gap) {
            this.gap = gap;
        }

        /// The item that waits longest; it goes to the end of the line if it wants more.
        private Item next(MonoTime now) {
            Item item = pending.keySet().iterator().next();
            int left = pending.getOrDefault(item, 0) - 1;
            pending.remove(item);
            if (left > 0) {
                pending.put(item, left);
            }
            if (!gap.isZero()) {
                openAt = now.plus(gap);
            }
            return item;
        }
    }

    private final Map<LaneKey, Lane> lanes = new LinkedHashMap<>();
    private Pacing pacing = Pacing.FREE;
    private MonoTime resumeAt = new MonoTime(Long.MIN_VALUE);

    /// Nothing is pending for sure: what is asked after every packet has its answer at once.
    private boolean idle = true;

    /// Keeps other limits from now on; what is pending stays so.
    void pace(Pacing next) {
        if (next.equals(pacing)) {
            return;
        }
        pacing = next;
        Map<LaneKey, Lane> old = new LinkedHashMap<>(lanes);
        lanes.clear();
        for (Map.Entry<LaneKey, Lane> entry : old.entrySet()) {
            for (Map.Entry<Item, Integer> one : entry.getValue().pending.entrySet()) {
                Lane lane = lane(one.getKey().address());
                lane.pending.put(one.getKey(), one.getValue());
                lane.openAt = later(lane.openAt, entry.getValue().openAt);
            }
        }
    }

    /// Wants `count` messages for each address. A wish for what is pending raises it at most.
    void want(Holding holding, List<VirtualAddress> addresses, int count) {
        if (count == 0) {
            return;
        }
        idle = false;
        for (VirtualAddress address : addresses) {
            lane(address).pending.merge(new Item(holding, address), count, Math::max);
        }
    }

    /// Drops what is still to be sent for `addresses` that are no longer held.
    void forget(Holding holding, List<VirtualAddress> addresses) {
        for (VirtualAddress address : addresses) {
            lane(address).pending.remove(new Item(holding, address));
        }
    }

    /// Sends what may be sent now.
    void onDeadline(Turn turn) {
        if (deadline().isAfter(turn.now())) {
            return;
        }
        for (Lane lane : lanes.values()) {
            if (!drain(turn, lane)) {
                resumeAt = turn.now().plus(PAUSE);
                return;
            }
        }
    }

    MonoTime deadline() {
        MonoTime first = MonoTime.NEVER;
        if (idle) {
            return first;
        }
        boolean pending = false;
        for (Lane lane : lanes.values()) {
            pending |= !lane.pending.isEmpty();
            if (!lane.pending.isEmpty() && first.isAfter(lane.openAt)) {
                first = lane.openAt;
            }
        }
        idle = !pending;
        return later(first, resumeAt);
    }

    /// Sends what a lane may send; false when the turn may send no more.
    private static boolean drain(Turn turn, Lane lane) {
        List<Item> batch = new ArrayList<>();
        boolean may = true;
        while (may && !lane.pending.isEmpty() && !lane.openAt.isAfter(turn.now())) {
            may = turn.mayAnnounce();
            if (may) {
                batch.add(lane.next(turn.now()));
            }
        }
        ask(turn, batch);
        return may;
    }

    /// One effect for each run of addresses of one instance, none of them twice.
    private static void ask(Turn turn, List<Item> batch) {
        int from = 0;
        Set<Item> seen = new HashSet<>();
        for (int at = 0; at < batch.size(); at++) {
            boolean sameHolding = batch.get(at).holding() == batch.get(from).holding();
            if (!sameHolding || !seen.add(batch.get(at))) {
                ask(turn, batch, from, at);
                seen.clear();
                seen.add(batch.get(at));
                from = at;
            }
        }
        if (!batch.isEmpty()) {
            ask(turn, batch, from, batch.size());
        }
    }

    private static void ask(Turn turn, List<Item> batch, int from, int to) {
        turn.ask(
                new VrrpEffect.AnnounceAddresses(
                        batch.get(from).holding().spec().name(),
                        batch.subList(from, to).stream().map(Item::address).toList()));
    }

    private static MonoTime later(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? one : other;
    }

    private Lane lane(VirtualAddress address) {
        Family family = address.address().family();
        Optional<Pacing.Group> group = pacing.group(address.interfaceName(), family);
        if (group.isPresent()) {
            Duration gap = group.get().gap(family).orElseThrow();
            return lanes.computeIfAbsent(new LaneKey(group.get(), family), _ -> new Lane(gap));
        }
        return lanes.computeIfAbsent(
                new LaneKey(address.interfaceName(), family), _ -> new Lane(pacing.gap(family)));
    }
}
