package holdfast.sim;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpNode;
import holdfast.wire.Datagram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A host that runs the production core; its kernel, scripts, and misfortunes are pretended.
final class Router {

    /// One network card.
    private static final class Card {
        private final Segment segment;
        private final IpPrefix own;
        private final Set<VirtualAddress> virtual = new LinkedHashSet<>();
        private boolean up = true;

        private Card(Segment segment, IpPrefix own) {
            this.segment = segment;
            this.own = own;
        }
    }

    /// Whether the process runs, stands still, or is no more.
    private enum Condition {
        RUNNING,
        FROZEN,
        DEAD
    }

    private static final Duration NETLINK_DELAY = Duration.ofMillis(2);
    private static final Duration SCRIPT_TIME = Duration.ofMillis(30);

    private final World world;
    private final String name;
    private final Invariants invariants;
    private final Map<String, Card> cards = new LinkedHashMap<>();
    private final Set<VirtualAddress> blocked = new LinkedHashSet<>();
    private final Set<Routing> routing = new LinkedHashSet<>();
    private final List<VrrpEvent> waiting = new ArrayList<>();
    private NodeSpec spec;
    private VrrpNode node;
    private Condition condition = Condition.DEAD;
    private boolean scriptsSucceed = true;
    private boolean scriptsHang;
    private int number;
    private int processes = 1;
    private MonoTime alarmAt = MonoTime.NEVER;
    private MonoTime lastRoleChangeAt = new MonoTime(0);
    private int life;

    Router(World world, String name, NodeSpec spec, Invariants invariants) {
        this.world = world;
        this.name = name;
        this.spec = spec;
        this.invariants = invariants;
        this.node = new VrrpNode(NodeSpec.EMPTY, world.now());
    }

    void attach(Segment segment, IpPrefix own) {
        cards.put(segment.name(), new Card(segment, own));
        segment.attach(this);
    }

    // What is done to it.

    void start() {
        if (condition != Condition.DEAD) {
            return;
        }
        world.tell(name + " starts");
        condition = Condition.RUNNING;
        life++;
        alarmAt = MonoTime.NEVER;
        blocked.clear();
        node = new VrrpNode(spec, world.now());
        cards.keySet().forEach(this::hearLink);
        hear(new VrrpEvent.FileSays(Cluster.FILE, number));
        hear(new VrrpEvent.ProcessesCounted(Cluster.PROCESS, processes));
        setAlarm();
    }

    /// Ends without a word; the addresses stay where they are.
    void kill() {
        world.tell(name + " is killed");
        condition = Condition.DEAD;
        waiting.clear();
    }

    void stop() {
        if (condition == Condition.RUNNING) {
            on(new VrrpEvent.StopRequested());
            condition = Condition.DEAD;
        }
    }

    void freeze() {
        if (condition == Condition.RUNNING) {
            world.tell(name + " stands still");
            condition = Condition.FROZEN;
        }
    }

    /// Goes on where it stood still: what waits in the sockets comes before what is due.
    void thaw() {
        if (condition != Condition.FROZEN) {
            return;
        }
        world.tell(name + " goes on");
        condition = Condition.RUNNING;
        List<VrrpEvent> missed = List.copyOf(waiting);
        waiting.clear();
        missed.forEach(this::on);
        keepDeadlines();
    }

    void reload(NodeSpec next) {
        spec = next;
        if (condition != Condition.DEAD) {
            hear(new VrrpEvent.Respecified(next));
        }
    }

    void link(String interfaceName, boolean up) {
        Card card = card(interfaceName);
        card.up = up;
        hearLink(interfaceName);
    }

    void scriptsSucceed(boolean succeed) {
        scriptsSucceed = succeed;
    }

    /// Those that hang are given up at their time-out, and die of it.
    void scriptsHang(boolean hang) {
        scriptsHang = hang;
    }

    void fileSays(int next) {
        number = next;
        hear(new VrrpEvent.FileSays(Cluster.FILE, number));
    }

    void processes(int count) {
        processes = count;
        hear(new VrrpEvent.ProcessesCounted(Cluster.PROCESS, processes));
    }

    /// An administrator with a heavy hand.
    void takeAwayAnAddress() {
        if (condition != Condition.RUNNING) {
            return;
        }
        for (Card card : cards.values()) {
            Optional<VirtualAddress> first = card.virtual.stream().findFirst();
            if (first.isPresent()) {
                card.virtual.remove(first.get());
                hear(new VrrpEvent.AddressTakenAway(card.segment.name(), first.get().address()));
                return;
            }
        }
    }

    /// The same, with routes.
    void takeAwayARoute() {
        Optional<Routing> first = routing.stream().findFirst();
        if (condition == Condition.RUNNING && first.isPresent()) {
            routing.remove(first.get());
            hear(new VrrpEvent.RoutingTakenAway(first.get()));
        }
    }

    void receive(String interfaceName, Datagram datagram) {
        if (card(interfaceName).up) {
            hear(new VrrpEvent.PacketReceived(interfaceName, datagram));
        }
    }

    // What it does.

    private void hearLink(String interfaceName) {
        Card card = card(interfaceName);
        List<IpPrefix> addresses = new ArrayList<>(List.of(card.own));
        card.virtual.forEach(address -> addresses.add(address.prefix()));
        hear(new VrrpEvent.LinkIs(interfaceName, card.up, 1500, new MacAddress(1), addresses));
    }

    private void hear(VrrpEvent event) {
        switch (condition) {
            case RUNNING -> on(event);
            case FROZEN -> waiting.add(event);
            case DEAD -> {}
        }
    }

    private void on(VrrpEvent event) {
        NodeSpec before = node.spec();
        if (node.needsWallClock()) {
            Duration sinceStart = world.now().since(new MonoTime(0));
            node.on(world.now(), new VrrpEvent.WallClockIs(Instant.EPOCH.plus(sinceStart)));
        }
        List<VrrpEffect> effects = node.on(world.now(), event);
        if (world.isTraced()) {
            world.tell(Words.of(name, event, effects));
        }
        effects.forEach(this::carryOut);
        invariants.check(this, event, effects);
        if (event instanceof VrrpEvent.Respecified(var next) && next.equals(before)) {
            invariants.checkUntouched(this, effects);
        }
        setAlarm();
    }

    private void carryOut(VrrpEffect effect) {
        switch (effect) {
            case VrrpEffect.SendPacket(
                            var instance,
                            var source,
                            var destination,
                            int ttl,
                            var message) -> {
                Card card = card(interfaceOf(instance));
                if (card.up) {
                    card.segment.send(this, source, destination, ttl, message);
                }
            }
            case VrrpEffect.BlockAddresses(_, var addresses) -> blocked.addAll(addresses);
            case VrrpEffect.UnblockAddresses(_, var addresses) -> blocked.removeAll(addresses);
            case VrrpEffect.ClaimAddresses(var instance, var addresses) -> {
                invariants.checkClaim(this, instance, addresses);
                addresses.forEach(address -> card(address.interfaceName()).virtual.add(address));
                kernelTells(addresses);
            }
            case VrrpEffect.ReleaseAddresses(_, var addresses) -> {
                addresses.forEach(address -> card(address.interfaceName()).virtual.remove(address));
                kernelTells(addresses);
            }
            case VrrpEffect.ClaimRouting(_, var wanted) -> routing.addAll(wanted);
            case VrrpEffect.ReleaseRouting(_, var unwanted) -> unwanted.forEach(routing::remove);
            case VrrpEffect.RunScript(var script, long run, _, var timeout) -> {
                if (scriptsHang) {
                    inThisLife(timeout, () -> new VrrpEvent.ScriptOverdue(script, run));
                    inThisLife(
                            timeout.plus(SCRIPT_TIME),
                            () -> new VrrpEvent.ScriptFinished(script, run, false));
                } else {
                    inThisLife(
                            SCRIPT_TIME,
                            () -> new VrrpEvent.ScriptFinished(script, run, scriptsSucceed));
                }
            }
            case VrrpEffect.RoleChanged _ -> lastRoleChangeAt = world.now();
            case VrrpEffect.AnnounceAddresses _,
                    VrrpEffect.GroupRoleChanged _,
                    VrrpEffect.PriorityChanged _,
                    VrrpEffect.FaultsChanged _,
                    VrrpEffect.HeardWeaker _,
                    VrrpEffect.ScriptTurned _,
                    VrrpEffect.FileChanged _,
                    VrrpEffect.ProcessesTurned _,
                    VrrpEffect.PacketDropped _,
                    VrrpEffect.HeardUnknownRouter _,
                    VrrpEffect.Mismatch _ -> {}
        }
    }

    private void inThisLife(Duration delay, Supplier<VrrpEvent> event) {
        int inLife = life;
        world.after(
                delay,
                () -> {
                    if (inLife == life) {
                        hear(event.get());
                    }
                });
    }

    private void kernelTells(List<VirtualAddress> addresses) {
        addresses.stream()
                .map(VirtualAddress::interfaceName)
                .distinct()
                .forEach(card -> world.after(NETLINK_DELAY, () -> hearLink(card)));
    }

    private String interfaceOf(String instance) {
        return node.spec().instances().stream()
                .filter(candidate -> candidate.name().equals(instance))
                .findFirst()
                .flatMap(found -> found.interfaceName())
                .orElse("eth0");
    }

    private void setAlarm() {
        MonoTime wanted = node.deadline();
        if (wanted.equals(alarmAt) || wanted.equals(MonoTime.NEVER)) {
            return;
        }
        alarmAt = wanted;
        world.at(wanted, () -> onAlarm(wanted));
    }

    private void onAlarm(MonoTime set) {
        if (set.equals(alarmAt) && condition == Condition.RUNNING) {
            keepDeadlines();
        }
    }

    private void keepDeadlines() {
        alarmAt = MonoTime.NEVER;
        if (!node.deadline().isAfter(world.now())) {
            on(new VrrpEvent.DeadlineReached());
            if (!node.deadline().isAfter(world.now())) {
                throw new Violation(name + " wakes itself forever");
            }
        }
        setAlarm();
    }

    // What can be asked of it.

    String name() {
        return name;
    }

    /// The orders its process goes by.
    NodeSpec spec() {
        return node.spec();
    }

    /// The orders in its file.
    NodeSpec file() {
        return spec;
    }

    boolean isRunning() {
        return condition == Condition.RUNNING;
    }

    List<InstanceStatus> status() {
        return node.status();
    }

    MonoTime lastRoleChangeAt() {
        return lastRoleChangeAt;
    }

    boolean holds(VirtualAddress address) {
        return card(address.interfaceName()).virtual.contains(address);
    }

    /// Whether packets to this address are dropped.
    boolean blocks(VirtualAddress address) {
        return blocked.contains(address);
    }

    boolean holds(Routing one) {
        return routing.contains(one);
    }

    /// Whether unicast packets to this address end here.
    boolean has(String interfaceName, IpAddress address) {
        return card(interfaceName).own.address().equals(address);
    }

    private Card card(String interfaceName) {
        Card card = cards.get(interfaceName);
        if (card == null) {
            throw new IllegalArgumentException("no such interface: " + interfaceName);
        }
        return card;
    }
}
