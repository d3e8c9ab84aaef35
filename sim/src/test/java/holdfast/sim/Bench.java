package holdfast.sim;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpNode;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One node on a good host, beside another that it hears, with a book of what it holds and how it
/// numbered its adverts.
final class Bench {

    private static final Duration WIRE = Duration.ofMillis(1);

    /// One of the two, and whom it speaks to.
    private static final class Side {
        private final int index;
        private final VrrpNode node;
        private final Map<String, Set<Object>> held = new HashMap<>();
        private final Map<String, Advert.Unique> numbers = new HashMap<>();

        private Side(int index, VrrpNode node) {
            this.index = index;
            this.node = node;
        }
    }

    private final World world = new World(false, _ -> {});
    private final List<Side> sides = new ArrayList<>();

    Bench(NodeSpec orders, NodeSpec others) {
        for (NodeSpec one : List.of(orders, others)) {
            sides.add(new Side(sides.size(), new VrrpNode(one, world.now())));
        }
        for (Side side : sides) {
            begin(side);
        }
    }

    private void begin(Side side) {
        for (String card : Cluster.CARDS) {
            List<IpPrefix> own = new ArrayList<>();
            for (Family family : Family.values()) {
                own.add(new IpPrefix(Agreement.ownAddress(card, family, side.index), 24));
            }
            on(side, new VrrpEvent.LinkIs(card, true, 1500, new MacAddress(1), own));
        }
        tellWatched(side);
    }

    private void tellWatched(Side side) {
        on(side, new VrrpEvent.FileSays(Cluster.FILE, 0));
        on(side, new VrrpEvent.ProcessesCounted(Cluster.PROCESS, 1));
    }

    void run(Duration span) {
        world.runUntil(world.now().plus(span));
    }

    /// Loads other orders, and says what that led to.
    List<VrrpEffect> reload(NodeSpec next) {
        List<VrrpEffect> effects = on(sides.getFirst(), new VrrpEvent.Respecified(next));
        tellWatched(sides.getFirst());
        return effects;
    }

    /// The other one is no more.
    void part() {
        sides.removeLast();
    }

    List<InstanceStatus> status() {
        return sides.getFirst().node.status();
    }

    MonoTime deadline() {
        return sides.getFirst().node.deadline();
    }

    /// What an instance holds by the name that it has now.
    Set<Object> held(String name) {
        return Set.copyOf(sides.getFirst().held.getOrDefault(name, Set.of()));
    }

    Set<String> holders() {
        Set<String> names = new LinkedHashSet<>();
        sides.getFirst()
                .held
                .forEach(
                        (name, things) -> {
                            if (!things.isEmpty() && !name.isEmpty()) {
                                names.add(name);
                            }
                        });
        return names;
    }

    /// The number of the last advert that may not come again.
    Optional<Advert.Unique> number(String name) {
        return Optional.ofNullable(sides.getFirst().numbers.get(name));
    }

    private List<VrrpEffect> on(Side side, VrrpEvent event) {
        Map<String, String> cards = cards(side.node.spec());
        if (event instanceof VrrpEvent.Respecified(var next)) {
            cards(next).forEach(cards::putIfAbsent);
        }
        if (side.node.needsWallClock()) {
            Instant time = Instant.ofEpochSecond(1_000_000).plusNanos(world.now().nanos());
            side.node.on(world.now(), new VrrpEvent.WallClockIs(time));
        }
        List<VrrpEffect> effects = side.node.on(world.now(), event);
        effects.forEach(effect -> carryOut(side, effect, cards));
        MonoTime deadline = side.node.deadline();
        if (!deadline.equals(MonoTime.NEVER)) {
            world.at(deadline, () -> wake(side));
        }
        return effects;
    }

    private static Map<String, String> cards(NodeSpec orders) {
        Map<String, String> cards = new HashMap<>();
        for (VrrpSpec one : orders.instances()) {
            cards.put(one.name(), one.interfaceName().orElseThrow());
        }
        return cards;
    }

    private void wake(Side side) {
        if (sides.contains(side) && !side.node.deadline().isAfter(world.now())) {
            on(side, new VrrpEvent.DeadlineReached());
        }
    }

    private void carryOut(Side side, VrrpEffect effect, Map<String, String> cards) {
        switch (effect) {
            case VrrpEffect.SendPacket packet -> send(side, packet, cards);
            case VrrpEffect.ClaimAddresses(var name, var some) -> book(side, name).addAll(some);
            case VrrpEffect.ReleaseAddresses(var name, var some) ->
                    some.forEach(book(side, name)::remove);
            case VrrpEffect.ClaimRouting(var name, var some) -> {
                book(side, name).addAll(some);
                for (Routing route : name.isEmpty() ? some : List.<Routing>of()) {
                    world.after(
                            Duration.ZERO, () -> on(side, new VrrpEvent.StaticPlaced(route, true)));
                }
            }
            case VrrpEffect.ReleaseRouting(var name, var some) ->
                    some.forEach(book(side, name)::remove);
            case VrrpEffect.RunScript run ->
                    world.after(
                            WIRE,
                            () ->
                                    on(
                                            side,
                                            new VrrpEvent.ScriptFinished(
                                                    run.script(), run.run(), true)));
            case VrrpEffect.BlockAddresses _,
                    VrrpEffect.UnblockAddresses _,
                    VrrpEffect.AnnounceAddresses _,
                    VrrpEffect.Fact _ -> {}
        }
    }

    private static Set<Object> book(Side side, String name) {
        return side.held.computeIfAbsent(name, _ -> new LinkedHashSet<>());
    }

    private void send(Side side, VrrpEffect.SendPacket packet, Map<String, String> cards) {
        Advert.unique(packet.message(), packet.source().family())
                .ifPresent(unique -> side.numbers.put(packet.instance(), unique));
        String card = cards.getOrDefault(packet.instance(), Cluster.FIRST);
        for (Side other : sides) {
            boolean addressed =
                    packet.destination().isMulticast()
                            || packet.destination()
                                    .equals(
                                            Agreement.ownAddress(
                                                    card, packet.source().family(), other.index));
            if (other != side && addressed) {
                VrrpEvent heard =
                        new VrrpEvent.PacketReceived(
                                card,
                                Segment.packet(
                                        packet.source(),
                                        packet.destination(),
                                        packet.ttl(),
                                        packet.message(),
                                        Advert.protocol(packet.message())));
                world.after(WIRE, () -> on(other, heard));
            }
        }
    }
}
