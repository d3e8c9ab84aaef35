package holdfast.sim;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Runs many clusters, or one with a line for each event.
public final class Main {

    private static final String USAGE =
            """
            usage: sim [--pools | --bfd] [--seeds N] [--from SEED] [--threads N] [--failures N]
                       [--coverage]
                   sim [--pools | --bfd] --seed SEED [--without N,N...] [--fair] [--trace]
                   sim [--pools | --bfd] --laws""";

    /// What the arguments ask for.
    private static final class Wishes {
        private Kind kind = Kind.CLUSTERS;
        private long from = 1;
        private long count = 10_000;
        private int threads = Runtime.getRuntime().availableProcessors();
        private int failures = 1;
        private boolean single;
        private boolean trace;
        private boolean fair;
        private boolean coverage;
        private boolean laws;
        private final Set<Integer> without = new HashSet<>();
    }

    private record Failure(long seed, Violation violation) {}

    private final Wishes wishes;
    private final PrintStream out;
    private final AtomicLong nextSeed;
    private final AtomicInteger failuresLeft;
    private final List<Failure> failures = new ArrayList<>();
    private final Coverage coverage = new Coverage();
    private volatile boolean brokenDown;

    private Main(Wishes wishes, PrintStream out) {
        this.wishes = wishes;
        this.out = out;
        this.nextSeed = new AtomicLong(wishes.from);
        this.failuresLeft = new AtomicInteger(wishes.failures);
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out));
    }

    /// @return the exit status: 0, 1 for a failing seed, 2 for bad arguments
    static int run(List<String> arguments, PrintStream out) throws InterruptedException {
        Wishes wishes;
        try {
            wishes = read(arguments);
        } catch (IllegalArgumentException _) {
            out.println(USAGE);
            return 2;
        }
        if (wishes.laws) {
            for (Rule law : wishes.kind.rules()) {
                out.println(law + ": " + law.sentence());
            }
            return 0;
        }
        Main main = new Main(wishes, out);
        return wishes.single ? main.one() : main.many();
    }

    private static Wishes read(List<String> arguments) {
        Wishes wishes = new Wishes();
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--seeds" -> wishes.count = number(arguments, ++i);
                case "--from" -> wishes.from = number(arguments, ++i);
                case "--threads" -> wishes.threads = (int) number(arguments, ++i);
                case "--failures" -> wishes.failures = (int) number(arguments, ++i);
                case "--seed" -> {
                    wishes.from = number(arguments, ++i);
                    wishes.single = true;
                }
                case "--without" -> {
                    for (String one : word(arguments, ++i).split(",")) {
                        wishes.without.add(Integer.parseInt(one));
                    }
                }
                case "--pools" -> wishes.kind = Kind.POOLS;
                case "--bfd" -> wishes.kind = Kind.SESSIONS;
                case "--fair" -> wishes.fair = true;
                case "--trace" -> wishes.trace = true;
                case "--coverage" -> wishes.coverage = true;
                case "--laws" -> wishes.laws = true;
                default -> throw new IllegalArgumentException(arguments.get(i));
            }
        }
        return wishes;
    }

    private static long number(List<String> arguments, int at) {
        return Long.parseLong(word(arguments, at));
    }

    private static String word(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(arguments.getLast());
        }
        return arguments.get(at);
    }

    private int one() {
        Play play = new Play(wishes.from, wishes.without, wishes.fair);
        try {
            wishes.kind.run(play, coverage, wishes.trace, out::println);
            out.println("seed " + wishes.from + ": good");
            return 0;
        } catch (Violation violation) {
            out.println("seed " + wishes.from + ": " + violation.getMessage());
            if (violation.getCause() != null) {
                violation.printStackTrace(out);
            }
            return 1;
        }
    }

    private int many() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < wishes.threads; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("sim-" + i)
                            .uncaughtExceptionHandler(this::breakDown)
                            .start(this::playOn));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (wishes.coverage) {
            tellCoverage();
        }
        if (brokenDown) {
            return 1;
        }
        failures.sort(Comparator.comparing(Failure::seed));
        if (failures.isEmpty()) {
            out.println(
                    "%d seeds from %d: good, %d events"
                            .formatted(wishes.count, wishes.from, coverage.events()));
            return 0;
        }
        for (Failure failure : failures) {
            out.println("seed " + failure.seed() + ": " + failure.violation().getMessage());
        }
        Failure first = failures.getFirst();
        Play least = Shrinking.of(wishes.kind, Play.of(first.seed()), first.violation().law());
        out.println("law: " + first.violation().law().sentence());
        out.println("replay: tools/sim " + Shrinking.words(wishes.kind, least) + " --trace");
        return 1;
    }

    /// The simulator itself is at fault, and no seed counts.
    private void breakDown(Thread thread, Throwable reason) {
        brokenDown = true;
        synchronized (failures) {
            reason.printStackTrace(out);
        }
    }

    /// Takes seed after seed until there are none, or enough have failed.
    private void playOn() {
        Coverage own = new Coverage();
        long end = wishes.from + wishes.count;
        for (long seed = nextSeed.getAndIncrement();
                seed < end && failuresLeft.get() > 0;
                seed = nextSeed.getAndIncrement()) {
            try {
                wishes.kind.run(Play.of(seed), own, false, _ -> {});
            } catch (Violation violation) {
                failuresLeft.decrementAndGet();
                synchronized (failures) {
                    failures.add(new Failure(seed, violation));
                }
            }
        }
        synchronized (failures) {
            coverage.add(own);
        }
    }

    private void tellCoverage() {
        for (Rule law : wishes.kind.rules()) {
            out.println("%-20s asked %d times".formatted(law, coverage.of(law)));
        }
        for (Enum<?> misfortune : wishes.kind.misfortunes()) {
            out.println("%-20s happened %d times".formatted(misfortune, coverage.of(misfortune)));
        }
    }
}
