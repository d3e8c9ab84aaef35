package holdfast.sim.pools;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceEvent;
import holdfast.balance.BalanceNode;
import holdfast.balance.BalanceSpec;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.probe.Outcome;
import holdfast.probe.ProbeSpec;
import holdfast.sim.Chance;
import holdfast.sim.Coverage;
import holdfast.sim.Play;
import holdfast.sim.Violation;
import holdfast.sim.World;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Pools made and mistreated by one seed: misfortunes, then a calm, then the end.
public final class PoolStory {

    private static final int MISFORTUNES_MAX = 20;
    private static final Duration STORM = Duration.ofSeconds(60);

    /// Long enough for every check to have its say, and for every slow start.
    private static final Duration SETTLING = Duration.ofSeconds(90);

    private static final Duration WATCHING = Duration.ofSeconds(20);
    private static final Duration LONGEST_TROUBLE = Duration.ofSeconds(20);
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(5);
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);
    private static final Duration QUICK = Duration.ofMillis(100);
    private static final Duration FLAPPING = Duration.ofSeconds(3);
    private static final int FLAPS = 8;

    private enum Health {
        WELL,
        REFUSES,
        SILENT
    }

    private final Play play;
    private final Coverage coverage;
    private final World world;
    private final Chance fate;
    private final Chance luck;
    private final Estate estate;
    private final BalanceNode node;
    private final Plane plane;
    private final PoolLaws laws;
    private final Map<Long, BalanceEffect.StartProbe> flying = new HashMap<>();
    private final Map<Endpoint, Health> health = new HashMap<>();
    private final Map<Endpoint, Integer> weights = new HashMap<>();
    private final Set<IpAddress> present = new HashSet<>();
    private final List<BalanceEvent> backlog = new ArrayList<>();
    private MonoTime armedFor = MonoTime.NEVER;
    private boolean frozen;
    private boolean withoutDescriptors;
    private boolean over;

    private PoolStory(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
        this.play = play;
        this.coverage = coverage;
        this.world = new World(traced, trace);
        Chance chance = new Chance(play.seed());
        this.fate = chance.split();
        this.luck = chance.split();
        this.estate = new Estate(chance.split());
        this.node = new BalanceNode(estate.orders(), play.seed());
        this.plane = new Plane(coverage);
        this.laws = new PoolLaws(coverage, node, plane);
    }

    /// Plays it; throws a [Violation] when a law is broken.
    public static void run(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
        PoolStory story = new PoolStory(play, coverage, traced, trace);
        try {
            story.play();
        } catch (Violation violation) {
            throw violation;
        } catch (RuntimeException | AssertionError accident) {
            throw new Violation(PoolLaw.NO_ACCIDENT, accident);
        }
    }

    private void play() {
        world.tell("seed " + play.seed() + ": " + node.spec());
        for (IpAddress address : Estate.addresses()) {
            move(address, !fate.oneIn(3));
        }
        happen(new BalanceEvent.Started());
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
        calm(fate.split());
        world.runUntil(world.now().plus(SETTLING));
        laws.beginCalm();
        world.runUntil(world.now().plus(WATCHING));
        laws.endCalm(server -> healthOf(server) == Health.WELL);
        happen(new BalanceEvent.StopRequested());
        coverage.expect(PoolLaw.STOP, flying.isEmpty(), () -> "asks on: " + flying);
        world.runUntil(world.now().plus(LONGEST_TROUBLE)); // Late answers have no effect.
    }

    private void strike(int number, Chance chance) {
        PoolMisfortune misfortune = chance.anyOf(List.of(PoolMisfortune.values()));
        Endpoint server = Estate.server(1 + chance.below(Estate.SERVERS));
        world.tell("#%d: %s, %s".formatted(number, misfortune, server));
        coverage.happened(misfortune);
        switch (misfortune) {
            case REFUSES -> suffer(chance, server, Health.REFUSES);
            case SILENT -> suffer(chance, server, Health.SILENT);
            case FLAPS -> {
                for (int i = 0; i < FLAPS; i++) {
                    Health next = i % 2 == 0 ? Health.REFUSES : Health.WELL;
                    later(chance, FLAPPING.multipliedBy(i + 1), () -> health.put(server, next));
                }
            }
            case ALL_FAIL -> {
                for (int one = 1; one <= Estate.SERVERS; one++) {
                    suffer(chance, Estate.server(one), Health.SILENT);
                }
            }
            case WEIGHT -> weights.put(server, chance.below(4));
            case FILE -> happen(new BalanceEvent.NumberRead(Estate.FILE, chance.below(5) - 2));
            case NO_DESCRIPTORS -> {
                withoutDescriptors = true;
                later(chance, LONGEST_TROUBLE, () -> withoutDescriptors = false);
            }
            case FREEZE -> {
                frozen = true;
                later(chance, LONGEST_FREEZE, this::thaw);
            }
            case ADDRESS_MOVES -> move(chance.anyOf(Estate.addresses()), chance.oneIn(2));
            case PLANE_EMPTIED -> {
                plane.empty();
                later(chance, NOTICED_WITHIN, this::repair);
            }
            case RELOAD -> happen(new BalanceEvent.Respecified(estate.orders()));
            case RELOAD_WITH_NEWS -> {
                for (int i = 0; i <= chance.below(3); i++) {
                    estate.change();
                }
                happen(new BalanceEvent.Respecified(estate.orders()));
            }
        }
    }

    private void suffer(Chance chance, Endpoint server, Health how) {
        health.put(server, how);
        later(chance, LONGEST_TROUBLE, () -> health.put(server, Health.WELL));
    }

    /// The end of a misfortune, unless the calm comes first.
    private void later(Chance chance, Duration most, Runnable deed) {
        world.after(
                chance.upTo(most),
                () -> {
                    if (!over) {
                        deed.run();
                    }
                });
    }

    private void calm(Chance chance) {
        world.tell("calm");
        over = true;
        thaw();
        repair();
        withoutDescriptors = false;
        for (int one = 1; one <= Estate.SERVERS; one++) {
            Health last = chance.oneIn(4) ? Health.REFUSES : Health.WELL;
            health.put(Estate.server(one), chance.oneIn(8) ? Health.SILENT : last);
        }
        happen(new BalanceEvent.Respecified(estate.orders()));
    }

    private void thaw() {
        frozen = false;
        List<BalanceEvent> waiting = List.copyOf(backlog);
        backlog.clear();
        waiting.forEach(this::happen);
        arm();
    }

    private void repair() {
        plane.lost().forEach(key -> happen(new BalanceEvent.PlaneLost(key)));
    }

    private void move(IpAddress address, boolean there) {
        if (there ? present.add(address) : present.remove(address)) {
            happen(new BalanceEvent.AddressPresent(address, there));
        }
    }

    private Health healthOf(Endpoint server) {
        return health.getOrDefault(server, Health.WELL);
    }

    private void happen(BalanceEvent event) {
        if (frozen) {
            backlog.add(event);
            return;
        }
        if (event instanceof BalanceEvent.PlaneLost(var lost) && !plane.isLost(lost)) {
            return; // A reload has taken it away meanwhile.
        }
        coverage.event();
        final BalanceSpec before = node.spec();
        final boolean awaited =
                event instanceof BalanceEvent.ProbeFinished finished
                        && flying.remove(finished.probe()) != null;
        if (event instanceof BalanceEvent.PlaneLost(var key)) {
            plane.repair(key);
        }
        List<BalanceEffect> effects = node.on(world.now(), event);
        if (world.isTraced()) {
            world.tell(event + (effects.isEmpty() ? "" : "\n    " + words(effects)));
        }
        plane.carryOut(effects);
        for (BalanceEffect effect : effects) {
            switch (effect) {
                case BalanceEffect.StartProbe start -> ask(start);
                case BalanceEffect.AbandonProbe(_, long probe) ->
                        coverage.expect(
                                PoolLaw.ONE_PROBE,
                                flying.remove(probe) != null,
                                () -> "gives up what was not asked: " + effect);
                case BalanceEffect.PlaneCommand _,
                        BalanceEffect.CheckTurned _,
                        BalanceEffect.CheckFailed _,
                        BalanceEffect.CertificateEnding _,
                        BalanceEffect.LengthDiffers _,
                        BalanceEffect.ServerTurned _,
                        BalanceEffect.WeightChanged _,
                        BalanceEffect.QuorumChanged _,
                        BalanceEffect.PanicChanged _,
                        BalanceEffect.ServerRemoved _ -> {}
            }
        }
        laws.after(world.now(), before, event, awaited, effects, present);
        arm();
    }

    private static String words(List<BalanceEffect> effects) {
        return String.join("\n    ", effects.stream().map(BalanceEffect::toString).toList());
    }

    private void ask(BalanceEffect.StartProbe start) {
        boolean alone = flying.values().stream().noneMatch(one -> isSame(one, start));
        coverage.expect(PoolLaw.ONE_PROBE, alone, () -> "two at once: " + start);
        flying.put(start.probe(), start);
        Endpoint server = start.checker().server();
        boolean silent = healthOf(server) == Health.SILENT;
        Duration takes = silent ? start.timeout() : luck.upTo(QUICK);
        boolean afterAll = !play.fair() && luck.oneIn(2);
        world.after(takes, () -> answer(start, silent, afterAll));
    }

    private boolean isSame(BalanceEffect.StartProbe one, BalanceEffect.StartProbe other) {
        // Who asked first for all may be gone, and have come again.
        return one.checker().equals(other.checker()) && !laws.everShared();
    }

    /// @param afterAll whether the answer comes even if nobody waits for it any longer
    private void answer(BalanceEffect.StartProbe start, boolean silent, boolean afterAll) {
        if (!flying.containsKey(start.probe()) && !afterAll) {
            return;
        }
        BalanceEvent answer =
                new BalanceEvent.ProbeFinished(
                        start.checker(), start.probe(), outcome(start, silent));
        happen(answer);
        if (!play.fair() && luck.oneIn(10)) {
            world.after(luck.upTo(FLAPPING), () -> happen(answer));
        }
    }

    private Outcome outcome(BalanceEffect.StartProbe start, boolean silent) {
        if (withoutDescriptors) {
            return new Outcome.NotMade("no descriptors");
        }
        Endpoint server = start.checker().server();
        if (silent) {
            return new Outcome.Failed("timeout");
        }
        if (healthOf(server) != Health.WELL) {
            return new Outcome.Failed("refused");
        }
        return start.spec() instanceof ProbeSpec.Script && weights.containsKey(server)
                ? new Outcome.Passed(weights.getOrDefault(server, 0))
                : Outcome.Passed.PLAIN;
    }

    private void arm() {
        MonoTime deadline = node.deadline();
        if (!deadline.equals(armedFor)) {
            armedFor = deadline;
            if (!deadline.equals(MonoTime.NEVER)) {
                world.at(deadline, () -> wake(deadline));
            }
        }
    }

    private void wake(MonoTime planned) {
        if (!armedFor.equals(planned)) {
            return;
        }
        armedFor = MonoTime.NEVER;
        if (frozen) {
            return;
        }
        if (!node.deadline().isAfter(world.now())) {
            happen(new BalanceEvent.DeadlineReached());
        }
        arm();
    }
}
