package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEvent.AddressTakenAway;
import holdfast.vrrp.VrrpEvent.DeadlineReached;
import holdfast.vrrp.VrrpEvent.FileSays;
import holdfast.vrrp.VrrpEvent.LinkGone;
import holdfast.vrrp.VrrpEvent.LinkIs;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.vrrp.VrrpEvent.ProcessesCounted;
import holdfast.vrrp.VrrpEvent.Respecified;
import holdfast.vrrp.VrrpEvent.RoutingTakenAway;
import holdfast.vrrp.VrrpEvent.ScriptFinished;
import holdfast.vrrp.VrrpEvent.ScriptOverdue;
import holdfast.vrrp.VrrpEvent.SessionIs;
import holdfast.vrrp.VrrpEvent.StaticPlaced;
import holdfast.vrrp.VrrpEvent.StopRequested;
import holdfast.vrrp.VrrpEvent.WallClockIs;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All virtual routers of one host, their groups, and what they track.
///
/// Deterministic: the same spec and the same events at the same times give the same effects.
/// Confined to one thread; holds no clock and does no I/O.
public final class VrrpNode {

    /// Tells instances of one key apart: unicast routers may share all that is in it.
    private record Identity(VrrpSpec.Key key, int occurrence) {}

    private record PacketKey(String interfaceName, Family family, int vrid) {

        // Written out: looked up for each packet, which what a record brings along makes dear.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof PacketKey that
                    && vrid == that.vrid
                    && family == that.family
                    && interfaceName.equals(that.interfaceName);
        }

        @Override
        public int hashCode() {
            return (vrid * 31 + family.bits()) * 31 + interfaceName.hashCode();
        }
    }

    private final Shared shared;
    private final Map<Identity, VrrpInstance> instances = new LinkedHashMap<>();
    private final Map<PacketKey, List<VrrpInstance>> byPacket = new HashMap<>();
    private final Map<VrrpInstance, SyncGroup> groupOf = new HashMap<>();
    private final Map<String, SyncGroup> groups = new LinkedHashMap<>();
    private final Set<PacketKey> toldUnknown = new HashSet<>();
    private NodeSpec spec;
    private boolean needsWallClock;
    private boolean begun;
    private boolean stopped;

    /// On a host that has been up for long.
    public VrrpNode(NodeSpec spec, MonoTime startedAt) {
        this(spec, startedAt, spec.hearing().delayAfterBoot());
    }

    /// @param uptime since the host was started
    public VrrpNode(NodeSpec spec, MonoTime startedAt, Duration uptime) {
        Duration booting = spec.hearing().delayAfterBoot().minus(uptime);
        Duration delay = spec.startupDelay();
        this.spec = spec;
        this.shared =
                new Shared(
                        new Surroundings(),
                        new AnnouncementSchedule(),
                        new Agenda<>(),
                        new WallClock(),
                        startedAt.plus(booting.compareTo(delay) > 0 ? booting : delay));
        adopt(new Turn(startedAt), spec);
    }

    /// Takes one event, and returns what is to be done about it, in order.
    public List<VrrpEffect> on(MonoTime now, VrrpEvent event) {
        Turn turn = new Turn(now);
        if (stopped) {
            return turn.effects();
        }
        if (!begun && !(event instanceof WallClockIs)) {
            begun = true;
            surroundings().statics().respecify(turn, spec.statics());
        }
        switch (event) {
            case PacketReceived(var interfaceName, var datagram) ->
                    onPacket(turn, interfaceName, datagram);
            case DeadlineReached() -> onDeadline(turn);
            case LinkIs link -> judgeIf(turn, surroundings().links().on(now, link));
            case LinkGone link -> judgeIf(turn, surroundings().links().on(link));
            case AddressTakenAway(var interfaceName, var address) -> {
                surroundings().statics().onTakenAway(turn, interfaceName, address);
                onTakenAway(
                        turn,
                        holding -> holding.contains(interfaceName, address),
                        Cause.ADDRESS_TAKEN_AWAY);
            }
            case RoutingTakenAway(var routing) -> {
                surroundings().statics().onTakenAway(turn, routing);
                onTakenAway(turn, holding -> holding.contains(routing), Cause.ROUTING_TAKEN_AWAY);
            }
            case StaticPlaced(var routing, boolean placed) -> {
                if (surroundings().statics().learn(routing, placed)) {
                    judge(turn);
                }
            }
            case ScriptFinished finished ->
                    judgeIf(turn, surroundings().trackers().on(turn, finished));
            case ScriptOverdue overdue ->
                    judgeIf(turn, surroundings().trackers().on(turn, overdue));
            case FileSays says -> judgeIf(turn, surroundings().trackers().on(turn, says));
            case ProcessesCounted counted ->
                    judgeIf(turn, surroundings().trackers().on(turn, counted));
            case SessionIs session -> judgeIf(turn, surroundings().trackers().on(turn, session));
            case Respecified(var next) -> {
                if (!next.equals(spec)) {
                    adopt(turn, next);
                    judge(turn);
                }
            }
            case WallClockIs(var time) -> shared.clock().is(now, time);
            case StopRequested() -> stop(turn);
        }
        if (turn.hasRoleChanges()) {
            groups.values().forEach(group -> group.report(turn));
        }
        return turn.effects();
    }

    /// When this node next wants [VrrpEvent.DeadlineReached]; may move with every event.
    public MonoTime deadline() {
        if (stopped) {
            return MonoTime.NEVER;
        }
        MonoTime first = earlier(shared.agenda().firstAt(), shared.announcements().deadline());
        return earlier(first, surroundings().deadline());
    }

    /// When a backup takes over, if that is the next thing that its clock makes an instance do.
    public MonoTime takeoverAt() {
        MonoTime next = shared.agenda().firstAt();
        return next.equals(MonoTime.NEVER) || shared.agenda().first().role() != Role.BACKUP
                ? MonoTime.NEVER
                : next;
    }

    /// Whether [WallClockIs] has to come before every other event.
    public boolean needsWallClock() {
        return needsWallClock;
    }

    /// Every instance, in the order of the configuration.
    public List<InstanceStatus> status() {
        return instances.values().stream().map(VrrpInstance::status).toList();
    }

    /// Every instance, and what else there is to tell.
    public NodeStatus whole() {
        Trackers trackers = surroundings().trackers();
        return new NodeStatus(status(), trackers.processes(), trackers.sessions());
    }

    /// The orders in force.
    public NodeSpec spec() {
        return spec;
    }

    /// A fault that is due comes before a takeover that is due.
    private void onDeadline(Turn turn) {
        judgeIf(turn, surroundings().onDeadline(turn));
        while (!shared.agenda().firstAt().isAfter(turn.now())) {
            VrrpInstance instance = shared.agenda().first();
            Role before = instance.role();
            instance.onDeadline(turn);
            follow(turn, instance, before, Outcome.NOTHING);
        }
        shared.announcements().onDeadline(turn);
    }

    private void onPacket(Turn turn, String interfaceName, Datagram datagram) {
        ByteBuffer in = AhCodec.message(datagram);
        if (in.remaining() < AdvertCodec.HEADER_BYTES) {
            return;
        }
        PacketKey key =
                new PacketKey(interfaceName, datagram.source().family(), AdvertCodec.vrid(in));
        List<VrrpInstance> candidates = byPacket.getOrDefault(key, List.of());
        if (candidates.isEmpty()) {
            if (spec.hearing().tellsUnknownRouters() && toldUnknown.add(key)) {
                turn.ask(
                        new VrrpEffect.HeardUnknownRouter(
                                interfaceName, datagram.source(), key.vrid()));
            }
            return;
        }
        VrrpInstance instance = candidates.getFirst();
        for (int i = 1; i < candidates.size() && !instance.isMeantBy(datagram); i++) {
            instance = candidates.get(i);
        }
        Role before = instance.role();
        Outcome outcome = instance.onPacket(turn, datagram);
        if (outcome == Outcome.HEARD_WEAKER) {
            instance.answerWeaker(turn);
        }
        follow(turn, instance, before, outcome);
        shared.announcements().onDeadline(turn);
    }

    private void follow(Turn turn, VrrpInstance instance, Role before, Outcome outcome) {
        SyncGroup group = groupOf.get(instance);
        if (group != null) {
            group.follow(turn, instance, before, outcome);
        }
    }

    /// Somebody else removed what the masters hold that `hit` says.
    private void onTakenAway(Turn turn, Predicate<Holding> hit, Cause cause) {
        for (VrrpInstance instance : instances.values()) {
            if (instance.held().filter(hit).isEmpty()) {
                continue;
            }
            SyncGroup group = groupOf.get(instance);
            if (group == null) {
                instance.stepBack(turn, cause, instance.skew());
            } else {
                group.onTakenAway(turn, instance, cause);
            }
        }
    }

    private void stop(Turn turn) {
        for (VrrpInstance instance : instances.values()) {
            instance.end(turn, Role.STOP, Cause.STOPPED);
        }
        surroundings().statics().release(turn);
        stopped = true;
    }

    private void judgeIf(Turn turn, boolean changed) {
        if (changed) {
            judge(turn);
        }
    }

    /// Recomputes every fault and priority from the facts.
    private void judge(Turn turn) {
        instances.values().forEach(instance -> instance.refresh(turn));
        Set<SyncGroup> judged = new HashSet<>();
        for (VrrpInstance instance : instances.values()) {
            SyncGroup group = groupOf.get(instance);
            if (group == null) {
                instance.judge(turn, instance.unknown(), instance.ownFaults());
            } else if (judged.add(group)) {
                group.judge(turn);
            }
        }
    }

    /// Makes the orders in force those of `next`; what is the same is not touched.
    private void adopt(Turn turn, NodeSpec next) {
        Map<Identity, VrrpSpec> wanted = identified(next.instances());
        surroundings().respecify(turn, next);
        shared.announcements().pace(next.pacing());
        Map<Identity, VrrpInstance> old = new LinkedHashMap<>(instances);
        instances.clear();
        old.forEach(
                (identity, instance) -> {
                    VrrpSpec orders = wanted.get(identity);
                    if (orders == null) {
                        instance.end(turn, Role.DELETED, Cause.RESPECIFIED);
                    } else {
                        instance.releaseDropped(turn, orders);
                    }
                });
        if (begun) {
            surroundings().statics().respecify(turn, next.statics());
        }
        Set<VrrpInstance> changed = new HashSet<>();
        wanted.forEach(
                (identity, orders) -> {
                    VrrpInstance instance = old.get(identity);
                    if (instance == null) {
                        instance = new VrrpInstance(orders, shared, turn.now());
                    } else if (!instance.spec().equals(orders)) {
                        changed.add(instance);
                    }
                    instances.put(identity, instance);
                });
        formGroups(next);
        wanted.forEach(
                (identity, orders) -> {
                    VrrpInstance instance = instances.get(identity);
                    if (instance != null && changed.contains(instance)) {
                        instance.respecify(turn, orders);
                    }
                });
        spec = next;
        needsWallClock = false;
        for (VrrpSpec instance : next.instances()) {
            needsWallClock |= instance.authentication() instanceof Authentication.Hmac;
        }
        fileByPacket();
    }

    private void formGroups(NodeSpec next) {
        Map<String, VrrpInstance> byName = new HashMap<>();
        Map<VrrpInstance, SyncGroupSpec> joined = new HashMap<>();
        identified(next.instances())
                .forEach((identity, orders) -> putPresent(byName, orders.name(), identity));
        Map<String, SyncGroup> old = Map.copyOf(groups);
        groups.clear();
        groupOf.clear();
        for (SyncGroupSpec orders : next.groups()) {
            List<VrrpInstance> members = new ArrayList<>();
            for (String name : orders.members()) {
                VrrpInstance member = byName.get(name);
                if (member != null && !joined.containsKey(member)) {
                    members.add(member);
                    joined.put(member, orders);
                }
            }
            if (members.isEmpty()) {
                continue;
            }
            SyncGroup was = old.get(orders.name());
            SyncGroup group = new SyncGroup(orders, members, was == null ? Role.INIT : was.told());
            groups.put(orders.name(), group);
            members.forEach(member -> groupOf.put(member, group));
        }
        instances
                .values()
                .forEach(instance -> instance.join(Optional.ofNullable(joined.get(instance))));
    }

    private void putPresent(Map<String, VrrpInstance> byName, String name, Identity identity) {
        VrrpInstance instance = instances.get(identity);
        if (instance != null) {
            byName.putIfAbsent(name, instance);
        }
    }

    private void fileByPacket() {
        byPacket.clear();
        toldUnknown.clear();
        for (VrrpInstance instance : instances.values()) {
            VrrpSpec orders = instance.spec();
            PacketKey key =
                    new PacketKey(
                            orders.place().device().orElse(""), orders.family(), orders.vrid());
            byPacket.computeIfAbsent(key, _ -> new ArrayList<>()).add(instance);
        }
    }

    private static Map<Identity, VrrpSpec> identified(List<VrrpSpec> specs) {
        Map<VrrpSpec.Key, Integer> seen = new HashMap<>();
        Map<Identity, VrrpSpec> identified = new LinkedHashMap<>();
        for (VrrpSpec spec : specs) {
            int occurrence = seen.merge(spec.key(), 1, Integer::sum);
            identified.put(new Identity(spec.key(), occurrence), spec);
        }
        return identified;
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    private Surroundings surroundings() {
        return shared.surroundings();
    }
}
