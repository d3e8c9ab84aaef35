package holdfast.sim;

import java.time.Duration;
import java.util.List;

/// Deals out misfortunes, each at its time and by its own chance, and ends them.
final class Storm {

    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(6);
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(8);
    private static final Duration RELOADED_WITHIN = Duration.ofSeconds(3);
    private static final Duration LONGEST_JUMP = Duration.ofSeconds(5);

    /// What clocks that are set by the network may differ in the calm.
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMillis(50);

    /// What a tracked file may say; most of it is wrong.
    private static final List<Integer> NUMBERS = List.of(0, 1, -3, 300, -300);

    private static final List<Misfortune> ALL = List.of(Misfortune.values());

    private final World world;
    private final Cluster cluster;
    private final List<Router> routers;
    private final List<Segment> segments;
    private final Coverage coverage;
    private final Play play;
    private boolean over;

    Storm(
            World world,
            Cluster cluster,
            List<Router> routers,
            List<Segment> segments,
            Coverage coverage,
            Play play) {
        this.world = world;
        this.cluster = cluster;
        this.routers = routers;
        this.segments = segments;
        this.coverage = coverage;
        this.play = play;
    }

    /// @param number what to leave it out by
    void plan(int number, Chance chance, Duration within) {
        Duration at = chance.upTo(within);
        if (!play.without().contains(number)) {
            world.after(at, () -> strike(number, chance));
        }
    }

    private void strike(int number, Chance chance) {
        int index = chance.below(routers.size());
        Router victim = routers.get(index);
        Segment segment = chance.anyOf(segments);
        Misfortune misfortune = chance.anyOf(ALL);
        world.tell("#%d: %s for %s".formatted(number, misfortune, victim.name()));
        coverage.happened(misfortune);
        switch (misfortune) {
            case FREEZE -> {
                victim.freeze();
                later(chance, LONGEST_FREEZE, victim::thaw);
            }
            case KILL -> {
                victim.kill();
                later(chance, LONGEST_ABSENCE, victim::start);
            }
            case STOP -> {
                victim.stop();
                later(chance, LONGEST_ABSENCE, victim::start);
            }
            case LINK_DOWN, LINK_GONE, HOST_ADDRESS_GONE -> link(misfortune, chance, victim);
            case DEAF -> segment.cut(chance.anyOf(routers), victim);
            case SPLIT -> {
                segment.split(chance.below(routers.size()));
                later(chance, LONGEST_ABSENCE, segment::mend);
            }
            case CUT_OFF -> {
                for (Router other : routers) {
                    segment.cut(victim, other);
                    segment.cut(other, victim);
                }
                later(chance, LONGEST_ABSENCE, segment::mend);
            }
            case WEATHER -> {
                if (!play.fair()) {
                    segment.weather(chance.anyOf(Segment.Weather.STORMS));
                }
            }
            case ADDRESS_TAKEN -> victim.news().takeAwayAddress(chance);
            case ROUTE_TAKEN -> victim.news().takeAwayRoute(chance);
            case SCRIPT_FAILS, SCRIPT_HANGS, FILE_CHANGES, PROCESSES_CHANGE, CLOCK_JUMPS ->
                    circumstances(misfortune, chance, victim);
            case RELOAD -> victim.reload(victim.file());
            case RELOAD_WITH_NEWS -> {
                cluster.change(chance, index);
                victim.reload(cluster.orders(index));
            }
            case NEWS_FOR_ALL -> {
                cluster.changeForAll(chance);
                for (int i = 0; i < routers.size(); i++) {
                    int each = i;
                    later(
                            chance,
                            RELOADED_WITHIN,
                            () -> routers.get(each).reload(cluster.orders(each)));
                }
            }
        }
    }

    private void circumstances(Misfortune misfortune, Chance chance, Router victim) {
        String script = chance.anyOf(Cluster.SCRIPTS);
        switch (misfortune) {
            case SCRIPT_FAILS -> {
                victim.setScript(script, false);
                later(chance, LONGEST_ABSENCE, () -> victim.setScript(script, true));
            }
            case SCRIPT_HANGS -> {
                victim.setHanging(script, true);
                later(chance, LONGEST_ABSENCE, () -> victim.setHanging(script, false));
            }
            case FILE_CHANGES -> victim.setNumber(chance.anyOf(NUMBERS));
            case PROCESSES_CHANGE -> {
                victim.setProcesses(chance.below(4));
                later(chance, LONGEST_ABSENCE, () -> victim.setProcesses(1));
            }
            default -> {
                Duration jump = chance.upTo(LONGEST_JUMP);
                victim.setClock(chance.oneIn(2) ? jump : jump.negated());
                later(chance, LONGEST_ABSENCE, () -> victim.setClock(Duration.ZERO));
            }
        }
    }

    private void link(Misfortune misfortune, Chance chance, Router victim) {
        String card = chance.anyOf(Cluster.CARDS);
        switch (misfortune) {
            case LINK_DOWN -> {
                victim.news().setUp(card, false);
                later(chance, LONGEST_ABSENCE, () -> victim.news().setUp(card, true));
            }
            case LINK_GONE -> {
                victim.news().setPresent(card, false);
                later(chance, LONGEST_ABSENCE, () -> victim.news().setPresent(card, true));
            }
            default -> {
                victim.news().setAddressed(card, false);
                later(chance, LONGEST_ABSENCE, () -> victim.news().setAddressed(card, true));
            }
        }
    }

    /// The end of a misfortune, which comes by itself unless the calm comes first.
    private void later(Chance chance, Duration most, Runnable deed) {
        world.after(
                chance.upTo(most),
                () -> {
                    if (!over) {
                        deed.run();
                    }
                });
    }

    /// Ends what keeps routers from agreeing. Some things stay as they are: a network in two
    /// parts, a dead router, a tracked interface that is down, a script that fails.
    void abate(Chance chance) {
        world.tell("calm");
        over = true;
        boolean split = chance.oneIn(4);
        int at = chance.below(routers.size());
        for (Segment segment : segments) {
            segment.weather(Segment.Weather.CALM);
            segment.mend();
            if (split) {
                segment.split(at);
            }
        }
        cluster.reconcile(chance);
        for (int i = 0; i < routers.size(); i++) {
            Router router = routers.get(i);
            router.thaw();
            heal(chance, router);
            router.reload(cluster.orders(i));
            if (!chance.oneIn(10)) {
                router.start();
            }
        }
    }

    private static void heal(Chance chance, Router router) {
        KernelNews news = router.news();
        news.setUp(Cluster.FIRST, true);
        news.setUp(Cluster.SECOND, true);
        news.setUp(Cluster.OTHER, !chance.oneIn(6));
        for (String card : Cluster.CARDS) {
            news.setAddressed(card, true);
            if (!router.host().isPresent(card)) {
                news.setPresent(card, true);
            }
        }
        for (String script : Cluster.SCRIPTS) {
            router.setScript(script, !chance.oneIn(6));
            router.setHanging(script, false);
        }
        router.setNumber(chance.oneIn(6) ? chance.anyOf(NUMBERS) : 0);
        router.setProcesses(chance.oneIn(6) ? 0 : 1);
        router.setClock(chance.upTo(CLOCK_DIFFERENCE));
    }
}
