package holdfast.daemon;

import holdfast.linux.Scheduling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the system keeps of a process that crashes (`--core-dump`, `--core-dump-pattern`).
///
/// The pattern is one for the whole host: the one before comes back when the daemon ends.
final class CoreDumps implements AutoCloseable {

    static final Path PATTERN = Path.of("/proc/sys/kernel/core_pattern");

    private final Path file;
    private final Optional<String> before;

    private CoreDumps(Path file, Optional<String> before) {
        this.file = file;
        this.before = before;
    }

    /// @param file where the pattern is, see core(5)
    static CoreDumps allow(Options.Cores wanted, Path file) throws IOException {
        if (wanted.allowed()) {
            Scheduling.unlimitedCores();
        }
        if (wanted.pattern().isEmpty()) {
            return new CoreDumps(file, Optional.empty());
        }
        String before = Files.readString(file).stripTrailing();
        Files.writeString(file, wanted.pattern().get() + "\n");
        return new CoreDumps(file, Optional.of(before));
    }

    @Override
    public void close() throws IOException {
        if (before.isPresent()) {
            Files.writeString(file, before.get() + "\n");
        }
    }
}
