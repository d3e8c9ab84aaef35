package holdfast.sim.sessions;

import holdfast.bfd.BfdEffect;
import holdfast.bfd.BfdEvent;
import holdfast.bfd.BfdNode;
import holdfast.bfd.BfdSpec;
import holdfast.bfd.Diagnostic;
import holdfast.bfd.SessionStatus;
import holdfast.bfd.State;
import holdfast.net.Ipv4Address;
import holdfast.sim.Chance;
import holdfast.sim.Coverage;
import holdfast.sim.Play;
import holdfast.sim.Violation;
import holdfast.sim.World;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A session between two hosts, made and mistreated by one seed: misfortunes, a calm, a cut, the
/// end.
public final class SessionStory {

    private static final int MISFORTUNES_MAX = 12;
    private static final Duration STORM = Duration.ofSeconds(8);
    private static final Duration TROUBLE = Duration.ofSeconds(4);
    private static final Duration FREEZE = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofMillis(400);
    private static final Duration PEEK = Duration.ofMillis(100);
    private static final Duration WATCHING = Duration.ofSeconds(3);
    private static final int MEMORY_OF_NUMBERS = 2;

    private final Play play;
    private final Coverage coverage;
    private final World world;
    private final Chance fate;
    private final List<Side> sides;
    private final List<Wire> wires;
    private final Together together;
    private boolean over;
    private boolean calm;

    private SessionStory(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
        this.play = play;
        this.coverage = coverage;
        this.world = new World(traced, trace);
        Chance chance = new Chance(play.seed());
        this.fate = chance.split();
        boolean multihop = fate.oneIn(3);
        int protection = fate.below(3);
        int passive = fate.below(8); // One side, the other, both, or none.
        this.sides =
                List.of(
                        side(0, chance, multihop, protection, passive == 1 || passive == 3),
                        side(1, chance, multihop, protection, passive == 2 || passive == 3));
        Chance luck = chance.split();
        this.wires =
                List.of(
                        new Wire(world, luck, play.fair(), one -> arrive(sides.get(1), one)),
                        new Wire(world, luck, play.fair(), one -> arrive(sides.get(0), one)));
        this.together = new Together(coverage, sides, wires);
    }

    private Side side(int which, Chance chance, boolean multihop, int protection, boolean passive) {
        Orders orders =
                new Orders(
                        chance.split(),
                        Ipv4Address.of(192, 0, 2, 2 - which),
                        multihop,
                        protection,
                        passive);
        String name = which == 0 ? "A" : "B";
        return new Side(
                name,
                Ipv4Address.of(192, 0, 2, 1 + which),
                orders,
                new Watch(coverage, name),
                chance.split());
    }

    /// Plays it; throws a [Violation] when a law is broken.
    public static void run(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
        SessionStory story = new SessionStory(play, coverage, traced, trace);
        try {
            story.play();
        } catch (Violation violation) {
            throw violation;
        } catch (RuntimeException | AssertionError accident) {
            throw new Violation(SessionLaw.NO_ACCIDENT, accident);
        }
    }

    private void play() {
        for (Side side : sides) {
            world.tell(side.name + ": " + side.orders.spec());
            begin(side);
        }
        int count = fate.below(MISFORTUNES_MAX + 1);
        for (int number = 1; number <= count; number++) {
            Chance own = fate.split();
            Duration at = own.upTo(STORM);
            if (!play.without().contains(number)) {
                int which = number;
                world.after(at, () -> strike(which, own));
            }
        }
        world.runUntil(world.now().plus(STORM));
        beginCalm();
        boolean possible = !(sides.get(0).orders.isPassive() && sides.get(1).orders.isPassive());
        MonoTime end = world.now().plus(bound());
        // What happened last may only now be noticed.
        world.runUntil(world.now().plus(patience()).plus(PEEK));
        while (!areUp() && !world.now().isAfter(end)) {
            world.runUntil(world.now().plus(PEEK));
        }
        coverage.expect(SessionLaw.COMES_UP, areUp() || !possible, () -> "not up: " + states());
        if (areUp()) {
            watchAndCut();
        }
        for (Side side : sides) {
            stop(side);
        }
        world.runUntil(world.now().plus(WATCHING));
    }

    private void watchAndCut() {
        world.runUntil(world.now().plus(WATCHING)); // The last poll, and what overtook it.
        calm = true;
        world.runUntil(world.now().plus(WATCHING));
        for (int i = 0; i < 2; i++) {
            SessionStatus ours = sides.get(i).status().orElseThrow();
            sides.get(i).watch.negotiated(ours, sides.get(1 - i).status().orElseThrow());
        }
        calm = false;
        world.tell("cut");
        wires.forEach(wire -> wire.cut(true));
        world.runUntil(world.now().plus(patience()).plus(wires.getFirst().longest()));
        boolean down = sides.stream().allMatch(side -> side.state() != State.UP);
        coverage.expect(SessionLaw.CUT, down, () -> "still up: " + states());
    }

    private Duration patience() {
        return Watch.longer(sides.get(0).watch.mostDetection(), sides.get(1).watch.mostDetection());
    }

    /// Twice the longest silence, so that all numbers count anew, and three slow packets, each way.
    private Duration bound() {
        Duration longest = Duration.ofSeconds(2);
        int multiplier = 1;
        for (Side side : sides) {
            var timers = side.orders.timers();
            longest = Watch.longer(longest, Watch.longer(timers.minTx(), timers.minRx()));
            multiplier = Math.max(multiplier, timers.multiplier());
            longest = Watch.longer(longest, together.longestEver());
        }
        return longest.multipliedBy((long) MEMORY_OF_NUMBERS * (multiplier + 5));
    }

    private String states() {
        return sides.get(0).status() + "\n" + sides.get(1).status();
    }

    private boolean areUp() {
        return sides.stream().allMatch(side -> side.state() == State.UP);
    }

    private void beginCalm() {
        world.tell("calm");
        over = true;
        wires.forEach(Wire::calm);
        for (Side side : sides) {
            thaw(side);
            side.withoutSocket = false;
            side.orders.agree();
            if (side.node == null) {
                begin(side);
            } else {
                reload(side, side.orders.spec());
            }
            if (side.state() == State.ADMIN_DOWN) {
                happen(side, new BfdEvent.SenderReady(Orders.NAME), Optional.empty());
            }
        }
    }

    private void strike(int number, Chance chance) {
        SessionMisfortune misfortune = chance.anyOf(List.of(SessionMisfortune.values()));
        int which = chance.below(2);
        Side side = sides.get(which);
        Wire wire = wires.get(which);
        world.tell("#%d: %s, %s".formatted(number, misfortune, side.name));
        coverage.happened(misfortune);
        switch (misfortune) {
            case CUT_ONE_WAY -> {
                wire.cut(true);
                later(chance, TROUBLE, wire::mend);
            }
            case CUT -> {
                wires.forEach(one -> one.cut(true));
                later(chance, TROUBLE, () -> wires.forEach(Wire::mend));
            }
            case LOSS -> {
                wire.lose(20 + chance.below(60));
                later(chance, TROUBLE, wire::mend);
            }
            case DELAY -> {
                wire.delay(LATE);
                later(chance, TROUBLE, wire::mend);
            }
            case FREEZE -> {
                side.frozen = side.node != null;
                later(chance, FREEZE, () -> thaw(side));
            }
            case KILL -> {
                side.end();
                together.disturbed(world.now());
                later(chance, TROUBLE, () -> begin(side));
            }
            case STOP -> {
                thaw(side);
                stop(side);
                later(chance, TROUBLE, () -> begin(side));
            }
            case REMOVED -> {
                reload(side, side.orders.nothing());
                later(chance, TROUBLE, () -> reload(side, side.orders.spec()));
            }
            case NO_SOCKET -> {
                side.withoutSocket = true;
                happen(side, new BfdEvent.SenderFailed(Orders.NAME), Optional.empty());
                later(chance, TROUBLE, () -> side.withoutSocket = false);
            }
            case RELOAD, RELOAD_TIMERS, RELOAD_KEYS -> order(misfortune, side);
            case REPLAY -> wire.replay(chance, side.orders);
            case FORGERY -> wire.forge(chance, side.orders);
        }
    }

    private void order(SessionMisfortune how, Side side) {
        if (how == SessionMisfortune.RELOAD) {
            reload(side, side.given);
            return;
        }
        if (how == SessionMisfortune.RELOAD_TIMERS) {
            side.orders.changeTimers();
        } else {
            side.orders.changeKeys();
        }
        reload(side, side.orders.spec());
    }

    private void later(Chance chance, Duration most, Runnable deed) {
        world.after(
                chance.upTo(most),
                () -> {
                    if (!over) {
                        deed.run();
                    }
                });
    }

    private void begin(Side side) {
        if (side.node == null) {
            side.begin();
            together.disturbed(world.now());
            reload(side, side.orders.spec());
        }
    }

    private void stop(Side side) {
        if (side.node == null) {
            return;
        }
        together.disturbed(world.now());
        List<BfdEffect> effects = happen(side, new BfdEvent.StopRequested(), Optional.empty());
        long said = effects.stream().filter(BfdEffect.SendPacket.class::isInstance).count();
        BfdNode node = side.node;
        coverage.expect(
                SessionLaw.STOP,
                node.deadline().equals(MonoTime.NEVER)
                        && said <= (side.orders.conduct().announcesStop() ? 1 : 0),
                () -> "after the end: " + effects);
        side.end();
    }

    private void reload(Side side, BfdSpec next) {
        if (side.node == null) {
            return;
        }
        if (!next.equals(side.given)) {
            together.disturbed(world.now());
        }
        happen(side, new BfdEvent.Respecified(next), Optional.empty());
    }

    private void thaw(Side side) {
        if (!side.frozen) {
            return;
        }
        side.frozen = false;
        together.thawed(world.now(), side);
        List<BfdEvent> waiting = List.copyOf(side.backlog);
        side.backlog.clear();
        for (BfdEvent event : waiting) {
            happen(side, event, packet(event));
        }
        arm(side);
    }

    private static Optional<Packet> packet(BfdEvent event) {
        return event instanceof BfdEvent.PacketReceived(_, var datagram)
                ? Optional.of(new Packet(datagram.payload().array()))
                : Optional.empty();
    }

    private void arrive(Side side, Wire.Arrival arrival) {
        if (side.node == null) {
            return;
        }
        boolean multihop = side.orders.spec().sessions().getFirst().path().multihop();
        Side sender = sides.get(0) == side ? sides.get(1) : sides.get(0);
        BfdEvent event =
                new BfdEvent.PacketReceived(
                        multihop,
                        new Datagram(
                                sender.address,
                                side.address,
                                255,
                                ByteBuffer.wrap(arrival.packet().octets())));
        if (arrival.honest() || side.frozen) {
            if (arrival.honest()) {
                happen(side, event, Optional.of(arrival.packet()));
            }
            return;
        }
        Optional<SessionStatus> was = side.status();
        boolean remembers =
                was.flatMap(SessionStatus::lastSeen)
                        .filter(
                                at ->
                                        at.plus(
                                                        was.get()
                                                                .intervals()
                                                                .detection()
                                                                .multipliedBy(MEMORY_OF_NUMBERS))
                                                .isAfter(world.now()))
                        .isPresent();
        if (remembers) {
            happen(side, event, Optional.of(arrival.packet()));
            coverage.expect(
                    SessionLaw.GENUINE,
                    side.status()
                            .map(one -> one.counters().received())
                            .equals(was.map(one -> one.counters().received())),
                    () -> "counted: " + arrival);
        }
    }

    private List<BfdEffect> happen(Side side, BfdEvent event, Optional<Packet> packet) {
        BfdNode node = side.node;
        if (node == null) {
            return List.of();
        }
        if (side.frozen) {
            side.backlog.add(event);
            return List.of();
        }
        coverage.event();
        final Optional<SessionStatus> was = side.status();
        final MonoTime deadlineBefore = node.deadline();
        List<BfdEffect> effects = node.on(world.now(), event);
        if (world.isTraced()) {
            tell(side, event, packet, effects);
        }
        final Optional<SessionStatus> is = side.status();
        if (event instanceof BfdEvent.DeadlineReached) {
            coverage.expect(
                    SessionLaw.AWAKE,
                    node.deadline().isAfter(world.now()),
                    () -> side.name + " wakes for ever");
        }
        if (event instanceof BfdEvent.Respecified(var next)) {
            reloaded(side, next, effects, was, is, deadlineBefore.equals(node.deadline()));
        }
        boolean goesOn = !(event instanceof BfdEvent.StopRequested);
        if (was.isPresent() && is.isPresent() && goesOn) {
            side.watch.look(
                    world.now(), event, packet, was.get(), is.get(), effects, node.deadline());
            steady(side, was.get(), is.get());
        }
        together.look(world.now());
        carryOut(side, effects);
        arm(side);
        return effects;
    }

    private void reloaded(
            Side side,
            BfdSpec next,
            List<BfdEffect> effects,
            Optional<SessionStatus> was,
            Optional<SessionStatus> is,
            boolean sameDeadline) {
        boolean silent = effects.stream().allMatch(BfdEffect.VerdictIs.class::isInstance);
        if (next.equals(side.given)) {
            coverage.expect(
                    SessionLaw.RELOAD_WITHOUT_NEWS,
                    silent && sameDeadline && was.equals(is),
                    () -> side.name + ": " + effects);
        } else if (was.isPresent() && is.isPresent()) {
            boolean kept =
                    was.get().state() == is.get().state()
                            && was.get().discriminator() == is.get().discriminator();
            coverage.expect(SessionLaw.RELOAD_KEEPS, silent && kept, () -> side.name + effects);
        } else {
            side.watch.forget();
        }
        side.given = next;
    }

    private void steady(Side side, SessionStatus was, SessionStatus is) {
        if (was.state() == is.state()) {
            return;
        }
        coverage.expect(SessionLaw.CALM, !calm, () -> side.name + " turned: " + is);
        if (was.state() == State.UP && is.diagnostic() == Diagnostic.DETECTION_TIME_EXPIRED) {
            together.expired(world.now(), side, was);
        }
        together.disturbed(world.now());
    }

    private void tell(Side side, BfdEvent event, Optional<Packet> packet, List<BfdEffect> effects) {
        StringBuilder words = new StringBuilder(side.name + " ");
        words.append(packet.map(one -> "hears " + one).orElseGet(() -> event.toString()));
        for (BfdEffect effect : effects) {
            words.append("\n        ");
            words.append(
                    effect instanceof BfdEffect.SendPacket(_, var message)
                            ? "sends " + new Packet(message)
                            : effect.toString());
        }
        world.tell(words.toString());
    }

    private void carryOut(Side side, List<BfdEffect> effects) {
        for (BfdEffect effect : effects) {
            switch (effect) {
                case BfdEffect.OpenSender(var name, _) -> {
                    BfdEvent outcome =
                            side.withoutSocket
                                    ? new BfdEvent.SenderFailed(name)
                                    : new BfdEvent.SenderReady(name);
                    happen(side, outcome, Optional.empty());
                }
                case BfdEffect.SendPacket(_, var message) ->
                        wires.get(sides.indexOf(side)).send(message);
                case BfdEffect.CloseSender _, BfdEffect.Fact _ -> {}
            }
        }
    }

    private void arm(Side side) {
        BfdNode node = side.node;
        if (node == null || node.deadline().equals(side.armedFor)) {
            return;
        }
        MonoTime deadline = node.deadline();
        side.armedFor = deadline;
        if (!deadline.equals(MonoTime.NEVER)) {
            world.at(deadline, () -> wake(side, deadline));
        }
    }

    private void wake(Side side, MonoTime planned) {
        BfdNode node = side.node;
        if (node == null || !side.armedFor.equals(planned)) {
            return;
        }
        side.armedFor = MonoTime.NEVER;
        if (side.frozen) {
            return;
        }
        if (!node.deadline().isAfter(world.now())) {
            happen(side, new BfdEvent.DeadlineReached(), Optional.empty());
        }
        arm(side);
    }
}
