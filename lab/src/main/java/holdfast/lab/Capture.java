package holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What tcpdump has seen on an interface since it began to listen.
public final class Capture implements AutoCloseable {

    private static final Duration STARTUP_MAX = Duration.ofSeconds(10);

    /// A frame of a usual link. By default each takes the place of 256 KiB, and there are eight.
    private static final String SNAPSHOT_LENGTH = "2048";

    /// Room for some 8,000 of them, for when the machine is busy.
    private static final String BUFFER_KIBIBYTES = "16384";

    private static int count;

    private final Process process;
    private final Path file;

    private Capture(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    /// Returns when tcpdump listens. The interface sees both directions.
    public static Capture start(Host host, String device, String filter) {
        String log = "capture-%d.txt".formatted(count++);
        Process process =
                host.start(
                        log,
                        List.of(
                                "tcpdump",
                                "-l",
                                "-n",
                                "-tt",
                                "-v",
                                "--immediate-mode",
                                "-s",
                                SNAPSHOT_LENGTH,
                                "-B",
                                BUFFER_KIBIBYTES,
                                "-i",
                                device,
                                filter));
        var capture = new Capture(process, host.lab().directory().resolve(log));
        Await.until(
                "tcpdump listens on " + device,
                STARTUP_MAX,
                () -> capture.text().contains("listening on"));
        return capture;
    }

    /// All packets up to now, oldest first.
    public List<Packet> packets() {
        // With -v, tcpdump indents the lines that go on about the same packet.
        return text().replaceAll("\n[ \t]+", " ")
                .lines()
                .map(Capture::packet)
                .flatMap(Optional::stream)
                .toList();
    }

    /// The packets since a moment.
    public List<Packet> since(Instant moment) {
        return packets().stream().filter(packet -> !packet.at().isBefore(moment)).toList();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private String text() {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Packet> packet(String line) {
        int blank = line.indexOf(' ');
        if (blank < 0 || !line.substring(0, blank).matches("[0-9]+\\.[0-9]{6}")) {
            return Optional.empty();
        }
        var seconds = new BigDecimal(line.substring(0, blank));
        Instant at = Instant.EPOCH.plusNanos(seconds.movePointRight(9).longValueExact());
        return Optional.of(new Packet(at, line.substring(blank + 1)));
    }
}
