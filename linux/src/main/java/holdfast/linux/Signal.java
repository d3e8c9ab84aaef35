package holdfast.linux;

import java.util.Map;
import java.util.Set;

/// A signal by its number (signal(7), numbers of x86-64 and AArch64).
public record Signal(int number) {

    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal KILL = new Signal(9);
    public static final Signal USR1 = new Signal(10);
    public static final Signal USR2 = new Signal(12);
    public static final Signal TERM = new Signal(15);
    public static final Signal CHLD = new Signal(17);
    public static final Signal XCPU = new Signal(24);

    /// The first real-time signal that the C library leaves to programs, and the last.
    private static final int RTMIN = 34;

    private static final int RTMAX = 64;

    /// sigset_t: one bit for each signal, in the C library's generous size.
    static final int SET_BYTES = 128;

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(1, "HUP"),
                    Map.entry(2, "INT"),
                    Map.entry(3, "QUIT"),
                    Map.entry(4, "ILL"),
                    Map.entry(5, "TRAP"),
                    Map.entry(6, "ABRT"),
                    Map.entry(7, "BUS"),
                    Map.entry(8, "FPE"),
                    Map.entry(9, "KILL"),
                    Map.entry(10, "USR1"),
                    Map.entry(11, "SEGV"),
                    Map.entry(12, "USR2"),
                    Map.entry(13, "PIPE"),
                    Map.entry(14, "ALRM"),
                    Map.entry(15, "TERM"),
                    Map.entry(17, "CHLD"),
                    Map.entry(24, "XCPU"),
                    Map.entry(25, "XFSZ"),
                    Map.entry(31, "SYS"));

    public Signal {
        if (number < 1 || number > RTMAX) {
            throw new IllegalArgumentException("no such signal: " + number);
        }
    }

    /// The real-time signal that people call `RTMIN+offset`.
    public static Signal realTime(int offset) {
        return new Signal(RTMIN + offset);
    }

    /// Writes a set of signals as a sigset_t.
    static void putSet(Memory memory, int offset, Set<Signal> signals) {
        memory.clear(offset, SET_BYTES);
        memory.view().putLong(offset, bits(signals));
    }

    /// The set as one number, signal 1 lowest.
    static long bits(Set<Signal> signals) {
        long bits = 0;
        for (Signal signal : signals) {
            bits |= 1L << signal.number - 1;
        }
        return bits;
    }

    /// The name without SIG, as `kill -l` says it.
    @Override
    public String toString() {
        if (number >= RTMIN) {
            return number == RTMIN ? "RTMIN" : "RTMIN+" + (number - RTMIN);
        }
        return NAMES.getOrDefault(number, Integer.toString(number));
    }
}
