package holdfast.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the threads of this process are doing, for those who look for a mistake.
final class Threads {

    /// Said when a real-time thread came half the way to its limit.
    static final String TOO_LONG =
            "A real-time thread used a processor without a pause for half of what rlimit_rttime"
                    + " allows";

    private Threads() {}

    /// Lines for the log.
    static List<String> dump() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> one : Thread.getAllStackTraces().entrySet()) {
            lines.add("Thread " + one.getKey().getName() + ": " + one.getKey().getState());
            for (StackTraceElement frame : one.getValue()) {
                lines.add("  at " + frame);
            }
        }
        return lines;
    }
}
