package holdfast.sim;

import java.io.PrintStream;
import java.util.List;

/// Runs many clusters, or one with a line for each event.
public final class Main {

    private static final String USAGE =
            "usage: holdfast.sim.Main [--seeds N] [--from SEED] | --seed SEED [--trace]";

    /// From the root of the source tree, after a build.
    private static final String COMMAND =
            "java -ea -cp base/target/classes:vrrp/target/classes:sim/target/classes"
                    + " holdfast.sim.Main";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    /// @return the exit status: 0, 1 for a failing seed, 2 for bad arguments
    static int run(List<String> arguments, PrintStream out) {
        long from = 1;
        long count = 10_000;
        boolean trace = false;
        try {
            for (int i = 0; i < arguments.size(); i++) {
                switch (arguments.get(i)) {
                    case "--seeds" -> count = number(arguments, ++i);
                    case "--from" -> from = number(arguments, ++i);
                    case "--seed" -> {
                        from = number(arguments, ++i);
                        count = 1;
                    }
                    case "--trace" -> trace = true;
                    default -> throw new IllegalArgumentException(arguments.get(i));
                }
            }
        } catch (IllegalArgumentException _) {
            out.println(USAGE);
            return 2;
        }
        return run(from, count, trace, out);
    }

    private static int run(long from, long count, boolean trace, PrintStream out) {
        for (long seed = from; seed < from + count; seed++) {
            try {
                Scenario.run(seed, trace, out::println);
            } catch (Violation violation) {
                out.println(violation.getMessage());
                out.println("replay: " + COMMAND + " --seed " + seed + " --trace");
                return 1;
            }
        }
        out.println(count + " seeds from " + from + ": good");
        return 0;
    }

    private static long number(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(arguments.getLast());
        }
        return Long.parseLong(arguments.get(at));
    }
}
