package holdfast.sim;

import holdfast.net.IpPrefix;
import holdfast.time.MonoTime;
import holdfast.vrrp.NodeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One cluster, made and mistreated by one seed: a storm of misfortunes, then a calm.
final class Scenario {

    private static final Duration STORM = Duration.ofSeconds(60);
    private static final int MISFORTUNES = 24;
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(8);
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(10);

    /// Longer than any wait in the specs, twice.
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(60);

    /// What a tracked file may say, and how many processes there may be; most of it is wrong.
    private static final List<Integer> NUMBERS = List.of(0, 1, -3, 300, -300);

    private static final List<Integer> COUNTS = List.of(0, 1, 2, 3);

    private final World world;
    private final Invariants invariants = new Invariants();
    private final Cluster cluster;
    private final Segment main;
    private final Segment other;
    private final List<Router> routers = new ArrayList<>();
    private final long seed;

    private Scenario(long seed, boolean traced, Consumer<String> trace) {
        this.seed = seed;
        this.world = new World(seed, traced, trace);
        this.cluster = Cluster.from(world);
        this.main = new Segment(world, Cluster.MAIN);
        this.other = new Segment(world, Cluster.OTHER);
        for (int i = 0; i < cluster.size(); i++) {
            Router router = new Router(world, "r" + (i + 1), cluster.spec(i), invariants);
            router.attach(main, new IpPrefix(cluster.address(i), 24));
            router.attach(other, new IpPrefix(cluster.address(i), 24));
            routers.add(router);
        }
    }

    /// Runs the cluster of this seed; throws a [Violation] with the seed when something is wrong.
    static void run(long seed, boolean traced, Consumer<String> trace) {
        Scenario scenario = new Scenario(seed, traced, trace);
        try {
            scenario.play();
        } catch (Violation | AssertionError violation) {
            Violation told = new Violation("seed " + seed + ": " + violation.getMessage());
            told.initCause(violation);
            throw told;
        }
    }

    private void play() {
        world.tell("seed " + seed + ": " + cluster);
        main.weather(Segment.Weather.STORM);
        for (Router router : routers) {
            world.after(world.upTo(Duration.ofSeconds(5)), router::start);
        }
        for (int i = 0; i < MISFORTUNES; i++) {
            world.after(world.upTo(STORM), this::misfortune);
        }
        world.runUntil(after(STORM));
        calm();
        world.runUntil(after(SETTLING));
        MonoTime quietSince = world.now();
        world.runUntil(after(CALM));
        invariants.checkSettled(routers, main, quietSince);
    }

    private MonoTime after(Duration span) {
        return world.now().plus(span);
    }

    /// Ends every misfortune, but sometimes leaves the network in two parts.
    private void calm() {
        world.tell("calm");
        main.weather(Segment.Weather.CALM);
        main.mend();
        other.mend();
        if (world.oneIn(4)) {
            split(world.below(cluster.size()));
        }
        for (Router router : routers) {
            router.thaw();
            router.start();
            router.scriptsSucceed(true);
            router.scriptsHang(false);
            router.fileSays(0);
            router.processes(1);
            router.link(Cluster.MAIN, true);
            router.link(Cluster.OTHER, true);
        }
    }

    private void misfortune() {
        Router victim = world.anyOf(routers);
        switch (world.anyOf(List.of(Misfortune.values()))) {
            case FREEZE -> {
                victim.freeze();
                world.after(world.upTo(LONGEST_FREEZE), victim::thaw);
            }
            case KILL -> {
                victim.kill();
                world.after(world.upTo(LONGEST_ABSENCE), victim::start);
            }
            case STOP -> {
                victim.stop();
                world.after(world.upTo(LONGEST_ABSENCE), victim::start);
            }
            case LINK_DOWN -> {
                String card = world.anyOf(List.of(Cluster.MAIN, Cluster.OTHER));
                victim.link(card, false);
                world.after(world.upTo(LONGEST_ABSENCE), () -> victim.link(card, true));
            }
            case DEAF -> main.cut(world.anyOf(routers), victim);
            case SPLIT -> {
                split(world.below(cluster.size()));
                world.after(world.upTo(LONGEST_ABSENCE), main::mend);
            }
            case ADDRESS_TAKEN -> victim.takeAwayAnAddress();
            case ROUTE_TAKEN -> victim.takeAwayARoute();
            case SCRIPTS_FAIL -> {
                victim.scriptsSucceed(false);
                world.after(world.upTo(LONGEST_ABSENCE), () -> victim.scriptsSucceed(true));
            }
            case SCRIPTS_HANG -> {
                victim.scriptsHang(true);
                world.after(world.upTo(LONGEST_ABSENCE), () -> victim.scriptsHang(false));
            }
            case FILE_CHANGES -> victim.fileSays(world.anyOf(NUMBERS));
            case PROCESSES_CHANGE -> {
                victim.processes(world.anyOf(COUNTS));
                world.after(world.upTo(LONGEST_ABSENCE), () -> victim.processes(1));
            }
            case RELOAD -> victim.reload(victim.file());
            case NEW_PRIORITY -> victim.reload(withNews(victim));
        }
    }

    private NodeSpec withNews(Router victim) {
        return cluster.reprioritized(world, victim.file());
    }

    private void split(int at) {
        for (int i = 0; i < cluster.size(); i++) {
            for (int j = 0; j < cluster.size(); j++) {
                if ((i < at) != (j < at)) {
                    main.cut(routers.get(i), routers.get(j));
                }
            }
        }
    }
}
