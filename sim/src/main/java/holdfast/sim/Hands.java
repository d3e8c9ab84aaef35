package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out what a core asks for, and keeps account of the time that this takes.
///
/// As in the daemon's loop, packets, announcements and processes are seen to at once, and what
/// comes behind them leaves later; what the kernel does with addresses and routes is done in parts,
/// and the router listens between two of them.
final class Hands {

    private static final Duration SCRIPT_TIME = Duration.ofMillis(30);

    /// What is done of what the kernel owes in one turn.
    private static final Duration PART = Cost.ORDER.multipliedBy(32);

    private final World world;
    private final Router router;
    private final Host host;
    private final KernelNews news;
    private final Circumstances circumstances;
    private final Map<String, Segment> segments = new HashMap<>();
    private final Map<String, String> cardOf = new HashMap<>();
    private Duration spent = Duration.ZERO;
    private Duration owed = Duration.ZERO;

    Hands(World world, Router router, Host host, KernelNews news, Circumstances circumstances) {
        this.world = world;
        this.router = router;
        this.host = host;
        this.news = news;
        this.circumstances = circumstances;
    }

    void attach(Segment segment) {
        segments.put(segment.name(), segment);
    }

    /// A process begins.
    void begin(NodeSpec orders) {
        spent = Duration.ZERO;
        owed = Duration.ZERO;
        forgetOld(orders);
        for (VrrpSpec spec : orders.instances()) {
            if (!spec.isOwner()) {
                spec.addresses().forEach(host::removeLeftover);
                spec.excluded().forEach(host::removeLeftover);
            }
        }
    }

    /// Orders come; names that are in use go on meaning what they meant until [#forgetOld].
    void know(NodeSpec orders) {
        for (VrrpSpec spec : orders.instances()) {
            cardOf.putIfAbsent(spec.name(), spec.interfaceName().orElse(Cluster.FIRST));
        }
    }

    void forgetOld(NodeSpec orders) {
        cardOf.clear();
        know(orders);
    }

    // Time.

    /// @param busyUntil what is still done comes first
    void beginTurn(MonoTime busyUntil) {
        boolean busy = busyUntil.isAfter(world.now());
        spent = busy ? busyUntil.since(world.now()) : Duration.ZERO;
    }

    /// Does a part of what is left to do.
    void workOff() {
        Duration part = owed.compareTo(PART) < 0 ? owed : PART;
        owed = owed.minus(part);
        spent = spent.plus(part);
    }

    boolean isIdle() {
        return owed.isZero();
    }

    MonoTime readyAt() {
        return world.now().plus(spent);
    }

    // Deeds.

    void carryOut(VrrpEffect effect) {
        spent = spent.plus(Cost.atOnce(effect));
        owed = owed.plus(Cost.inParts(effect));
        switch (effect) {
            case VrrpEffect.SendPacket packet -> send(packet);
            case VrrpEffect.BlockAddresses(_, var addresses) -> host.block(addresses);
            case VrrpEffect.UnblockAddresses(_, var addresses) -> host.unblock(addresses);
            case VrrpEffect.ClaimAddresses(var instance, var addresses) -> {
                router.laws().claims(instance, addresses);
                addresses.forEach(address -> host.claim(instance, address));
                news.echo(addresses);
            }
            case VrrpEffect.ReleaseAddresses(var instance, var addresses) -> {
                addresses.forEach(address -> host.release(instance, address));
                news.echo(addresses);
            }
            case VrrpEffect.ClaimRouting(var instance, var routing) -> claim(instance, routing);
            case VrrpEffect.ReleaseRouting(var instance, var routing) ->
                    routing.forEach(route -> host.release(instance, route));
            case VrrpEffect.RunScript run -> run(run);
            case VrrpEffect.RoleChanged _ -> router.changedRole();
            case VrrpEffect.AnnounceAddresses _, VrrpEffect.Fact _ -> {}
        }
    }

    private void claim(String instance, List<Routing> routing) {
        for (Routing route : routing) {
            boolean placed = host.claim(instance, route);
            if (instance.isEmpty()) {
                router.placed(List.of(route), placed);
            }
        }
    }

    private void run(VrrpEffect.RunScript order) {
        String script = order.script();
        long run = order.run();
        if (circumstances.hangs(script)) {
            router.inThisLife(order.timeout(), () -> new VrrpEvent.ScriptOverdue(script, run));
            router.inThisLife(
                    order.timeout().plus(SCRIPT_TIME),
                    () -> new VrrpEvent.ScriptFinished(script, run, false));
        } else {
            router.inThisLife(
                    SCRIPT_TIME,
                    () ->
                            new VrrpEvent.ScriptFinished(
                                    script, run, circumstances.succeeds(script)));
        }
    }

    private void send(VrrpEffect.SendPacket packet) {
        router.laws().sent(packet, world.now().plus(spent));
        String card = cardOf.getOrDefault(packet.instance(), Cluster.FIRST);
        Optional<Segment> segment = Optional.ofNullable(segments.get(card));
        if (segment.isPresent() && host.isUp(card)) {
            segment.get()
                    .send(
                            router,
                            spent,
                            Segment.packet(
                                    packet.source(),
                                    packet.destination(),
                                    packet.ttl(),
                                    packet.message(),
                                    Advert.protocol(packet.message())));
        }
    }
}
