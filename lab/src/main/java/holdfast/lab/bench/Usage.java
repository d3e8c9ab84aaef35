package holdfast.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a program uses, with all its processes and threads: computing time since they started, and
/// memory now.
///
/// Immutable.
record Usage(Duration cpu, long residentBytes, long proportionalBytes, int processes) {

    /// `USER_HZ`, which is 100 in the interface of every Linux.
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int UTIME_INDEX = 11; // After the name, proc(5) fields 3 and following.
    private static final int STIME_INDEX = 12;
    private static final long KIB = 1024;

    /// Reads what a process and its descendants use.
    static Usage of(ProcessHandle program) {
        Duration cpu = Duration.ZERO;
        long residentBytes = 0;
        long proportionalBytes = 0;
        List<ProcessHandle> all = Stream.concat(Stream.of(program), program.descendants()).toList();
        for (ProcessHandle process : all) {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            cpu = cpu.plus(cpu(text(proc.resolve("stat"))));
            String memory = text(proc.resolve("smaps_rollup"));
            residentBytes += bytes(memory, "Rss:");
            proportionalBytes += bytes(memory, "Pss:");
        }
        return new Usage(cpu, residentBytes, proportionalBytes, all.size());
    }

    /// Computing time alone, which is asked for without stopping anybody.
    static Duration computed(ProcessHandle program) {
        return Stream.concat(Stream.of(program), program.descendants())
                .map(process -> cpu(text(Path.of("/proc", process.pid() + "/stat"))))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// User and system time in the text of `/proc/PID/stat`, whose second field may hold anything.
    static Duration cpu(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
        return TICK.multipliedBy(
                Long.parseLong(fields[UTIME_INDEX]) + Long.parseLong(fields[STIME_INDEX]));
    }

    /// A line `Name:   123 kB` as bytes; the kernel says kB and means KiB.
    static long bytes(String memory, String name) {
        String line =
                memory.lines().filter(text -> text.startsWith(name)).findFirst().orElseThrow();
        String number = line.substring(name.length()).replace("kB", "").strip();
        return Long.parseLong(number) * KIB;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
