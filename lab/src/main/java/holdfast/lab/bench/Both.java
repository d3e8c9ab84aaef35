package holdfast.lab.bench;

import holdfast.lab.Software;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What the runs of both programs came to, in the order of the runs.
///
/// Immutable.
record Both<R>(List<R> ours, List<R> theirs) {

    /// One run of one program.
    interface Run<R> {
        R of(Software software, int run);
    }

    Both {
        ours = List.copyOf(ours);
        theirs = List.copyOf(theirs);
    }

    /// Runs the two by turns; the one that comes first changes with each turn.
    static <R> Both<R> byTurns(int runs, Run<R> measurement) {
        List<R> ours = new ArrayList<>();
        List<R> theirs = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            if (run % 2 == 0) {
                ours.add(measurement.of(Software.HOLDFAST, run));
                theirs.add(measurement.of(Software.KEEPALIVED, run));
            } else {
                theirs.add(measurement.of(Software.KEEPALIVED, run));
                ours.add(measurement.of(Software.HOLDFAST, run));
            }
        }
        return new Both<>(ours, theirs);
    }

    Figure medianTime(String what, Function<R, Duration> part) {
        return Figure.time(what, sample(ours, part).median(), sample(theirs, part).median());
    }

    Figure worstTime(String what, Function<R, Duration> part) {
        return Figure.time(what, sample(ours, part).max(), sample(theirs, part).max());
    }

    Figure medianMemory(String what, Function<R, Long> part) {
        return Figure.memory(what, sample(ours, part).median(), sample(theirs, part).median());
    }

    Figure medianCount(String what, Function<R, Long> part) {
        return Figure.count(what, sample(ours, part).median(), sample(theirs, part).median());
    }

    Figure sum(String what, Function<R, Long> part) {
        return Figure.count(what, sum(ours, part), sum(theirs, part));
    }

    private static <R, T extends Comparable<T>> Sample<T> sample(
            List<R> results, Function<R, T> part) {
        return Sample.of(results.stream().map(part).toList());
    }

    private static <R> long sum(List<R> results, Function<R, Long> part) {
        return results.stream().mapToLong(part::apply).sum();
    }
}
