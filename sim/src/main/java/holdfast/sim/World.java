package holdfast.sim;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// The only clock. Runs what is planned, in order of time.
public final class World {

    private record Plan(MonoTime at, long turn, Runnable deed) implements Comparable<Plan> {

        @Override
        public int compareTo(Plan other) {
            int byTime = Long.compare(at.nanos(), other.at.nanos());
            return byTime != 0 ? byTime : Long.compare(turn, other.turn);
        }
    }

    private final PriorityQueue<Plan> plans = new PriorityQueue<>();
    private final Consumer<String> trace;
    private final boolean traced;
    private MonoTime now = new MonoTime(0);
    private long nextTurn;

    public World(boolean traced, Consumer<String> trace) {
        this.traced = traced;
        this.trace = trace;
    }

    public MonoTime now() {
        return now;
    }

    public void after(Duration delay, Runnable deed) {
        at(now.plus(delay), deed);
    }

    public void at(MonoTime time, Runnable deed) {
        plans.add(new Plan(time.isAfter(now) ? time : now, nextTurn++, deed));
    }

    public void runUntil(MonoTime end) {
        while (!plans.isEmpty() && !plans.peek().at().isAfter(end)) {
            Plan plan = plans.remove();
            now = plan.at();
            plan.deed().run();
        }
        now = end;
    }

    /// Whether anybody reads [#tell]; spares the making of words.
    public boolean isTraced() {
        return traced;
    }

    public void tell(String what) {
        if (traced) {
            trace.accept("%10.3fs  %s".formatted(now.nanos() / 1e9, what));
        }
    }
}
