package holdfast.sim;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The only clock and the only source of chance. Runs what is planned, in order of time.
final class World {

    private record Plan(MonoTime at, long turn, Runnable deed) {}

    private final PriorityQueue<Plan> plans =
            new PriorityQueue<>(Comparator.comparing(Plan::at).thenComparing(Plan::turn));
    private final SplittableRandom chance;
    private final Consumer<String> trace;
    private final boolean traced;
    private MonoTime now = new MonoTime(0);
    private long nextTurn;

    World(long seed, boolean traced, Consumer<String> trace) {
        this.chance = new SplittableRandom(seed);
        this.traced = traced;
        this.trace = trace;
    }

    MonoTime now() {
        return now;
    }

    void after(Duration delay, Runnable deed) {
        at(now.plus(delay), deed);
    }

    void at(MonoTime time, Runnable deed) {
        plans.add(new Plan(time.isAfter(now) ? time : now, nextTurn++, deed));
    }

    void runUntil(MonoTime end) {
        while (!plans.isEmpty() && !plans.peek().at().isAfter(end)) {
            Plan plan = plans.remove();
            now = plan.at();
            plan.deed().run();
        }
        now = end;
    }

    /// A whole number from 0 to `bound` - 1.
    int below(int bound) {
        return chance.nextInt(bound);
    }

    boolean oneIn(int times) {
        return chance.nextInt(times) == 0;
    }

    <T> T anyOf(List<T> choices) {
        return choices.get(chance.nextInt(choices.size()));
    }

    /// A whole number of milliseconds, so that things often happen at the same time.
    Duration upTo(Duration most) {
        return Duration.ofMillis(chance.nextLong(most.toMillis() + 1));
    }

    /// Whether anybody reads [#tell]; spares the making of words.
    boolean isTraced() {
        return traced;
    }

    void tell(String what) {
        if (traced) {
            trace.accept("%10.3fs  %s".formatted(now.nanos() / 1e9, what));
        }
    }
}
