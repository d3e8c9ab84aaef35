package holdfast.sim;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One cluster, made and mistreated by one seed: a storm of misfortunes, then a calm, then a
/// succession, then the end.
final class Scenario {

    private static final int MISFORTUNES_MAX = Shrinking.MISFORTUNES_MAX;

    private static final Duration STORM = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofSeconds(5);

    private final Play play;
    private final Coverage coverage;
    private final World world;
    private final Chance fate;
    private final Cluster cluster;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Router> routers = new ArrayList<>();

    private Scenario(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
        this.play = play;
        this.coverage = coverage;
        this.world = new World(traced, trace);
        Chance chance = new Chance(play.seed());
        this.fate = chance.split();
        this.cluster = new Cluster(chance.split());
        for (String card : List.of(Cluster.FIRST, Cluster.SECOND)) {
            segments.add(new Segment(world, chance.split(), card));
        }
        for (int i = 0; i < cluster.size(); i++) {
            Router router = new Router(world, "r" + (i + 1), cluster.orders(i), coverage);
            for (String card : Cluster.CARDS) {
                router.host().plug(card, cluster.ownAddresses(i, card));
            }
            segments.forEach(router::attach);
            routers.add(router);
        }
    }

    /// Plays it; throws a [Violation] when a law is broken.
    static void run(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
        Scenario scenario = new Scenario(play, coverage, traced, trace);
        try {
            scenario.play();
        } catch (Violation violation) {
            throw violation;
        } catch (RuntimeException | AssertionError accident) {
            throw new Violation(Law.NO_ACCIDENT, accident);
        }
    }

    private void play() {
        world.tell("seed " + play.seed() + ": " + cluster);
        Storm storm = new Storm(world, cluster, routers, segments, coverage, play);
        Chance starts = fate.split();
        for (Router router : routers) {
            world.after(starts.upTo(START), router::start);
        }
        int count = fate.below(MISFORTUNES_MAX + 1);
        for (int number = 1; number <= count; number++) {
            storm.plan(number, fate.split(), STORM);
        }
        world.runUntil(after(STORM));
        storm.abate(fate.split());
        Calm calm = new Calm(world, routers, segments, coverage);
        world.runUntil(after(calm.settling()));
        calm.begin();
        world.runUntil(after(calm.watching()));
        calm.end();
        calm.succession(fate.split());
        calm.farewell();
    }

    private MonoTime after(Duration span) {
        return world.now().plus(span);
    }
}
