package holdfast.sim;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// What is so on one host beside its network: how scripts end, what a file says, how many
/// processes run, and what time of day it is.
final class Circumstances {

    private static final Instant BEGINNING = Instant.ofEpochSecond(1_000_000_000);

    private final Set<String> failing = new HashSet<>();
    private final Set<String> hanging = new HashSet<>();
    private int number;
    private int processes = 1;
    private Duration clockAhead = Duration.ZERO;

    void setScript(String script, boolean succeeds) {
        if (succeeds) {
            failing.remove(script);
        } else {
            failing.add(script);
        }
    }

    /// Those that hang are given up at their time-out, and die of it.
    void setHanging(String script, boolean hangs) {
        if (hangs) {
            hanging.add(script);
        } else {
            hanging.remove(script);
        }
    }

    void setNumber(int next) {
        number = next;
    }

    void setProcesses(int count) {
        processes = count;
    }

    void setClock(Duration ahead) {
        clockAhead = ahead;
    }

    boolean succeeds(String script) {
        return !failing.contains(script);
    }

    boolean hangs(String script) {
        return hanging.contains(script);
    }

    int number() {
        return number;
    }

    int processes() {
        return processes;
    }

    Instant timeOfDay(MonoTime now) {
        return BEGINNING.plusNanos(now.nanos()).plus(clockAhead);
    }
}
