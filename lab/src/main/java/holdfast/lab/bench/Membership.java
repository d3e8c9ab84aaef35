package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Whether somebody in a host listens to the group of VRRP, 224.0.0.18.
///
/// Looks through the eyes of a process which lives there, since that costs one read of a file.
final class Membership {

    private static final Duration STARTUP_MAX = Duration.ofSeconds(10);

    private final Path groups;

    Membership(Host host) {
        Process eyes = host.start("eyes.log", List.of("sleep", "infinity"));
        Path proc = Path.of("/proc", Long.toString(eyes.pid()));
        this.groups = proc.resolve("net/igmp");
        Await.until(
                "eyes are in the host",
                STARTUP_MAX,
                () -> text(proc.resolve("comm")).strip().equals("sleep"));
    }

    boolean isThere() {
        return names(text(groups));
    }

    /// Whether `/proc/net/igmp` names the group, which it prints in the byte order of a small
    /// machine.
    static boolean names(String igmp) {
        return igmp.lines().anyMatch(line -> line.strip().startsWith("120000E0 "));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
