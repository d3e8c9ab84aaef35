package holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel of a host has told about links, addresses, routes and rules since the watch
/// began.
public final class AddressWatch implements AutoCloseable {

    private static final Duration STARTUP_MAX = Duration.ofSeconds(10);
    private static final String PROBE = "192.0.2.255";

    /// `[2026-01-02T03:04:05.678901] [ADDR]Deleted 2: eth0    inet 10.0.0.10/32 scope global eth0
    /// …`
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "\\[(\\S+?)\\] \\[ADDR\\](Deleted )?\\d+: \\S+ +inet6? ([0-9a-f.:]+)[ /].*");

    private static int count;

    private final Process process;
    private final Path file;

    private AddressWatch(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    /// Returns when the kernel's messages arrive, of which an address that comes and goes is the
    /// proof.
    public static AddressWatch start(Host host) {
        String log = "watch-%d.txt".formatted(count++);
        Process process =
                host.start(
                        log,
                        List.of(
                                "stdbuf", "-oL", "ip", "-ts", "-o", "monitor", "link", "address",
                                "route", "rule", "label"));
        var watch = new AddressWatch(process, host.lab().directory().resolve(log));
        Await.until(
                "the kernel's messages arrive",
                STARTUP_MAX,
                () -> {
                    host.run("ip", "address", "add", PROBE + "/32", "dev", "lo");
                    host.run("ip", "address", "del", PROBE + "/32", "dev", "lo");
                    return !watch.text().isEmpty();
                });
        return watch;
    }

    /// When this address was first added at or after a moment.
    public Optional<Instant> added(String address, Instant since) {
        return changes().stream()
                .filter(change -> change.added() && change.address().equals(address))
                .map(AddressChange::at)
                .filter(at -> !at.isBefore(since))
                .findFirst();
    }

    /// All addresses that came and went up to now, oldest first.
    public List<AddressChange> changes() {
        return text().lines()
                .map(ADDRESS::matcher)
                .filter(Matcher::matches)
                .map(AddressWatch::change)
                .filter(change -> !change.address().equals(PROBE))
                .toList();
    }

    /// Every message up to now but those of the proof, as `ip monitor` prints them.
    public List<String> messages() {
        return text().lines().filter(line -> !line.contains(PROBE)).toList();
    }

    /// The moment that a message begins with, between brackets.
    public static Instant instant(String stamp) {
        return LocalDateTime.parse(stamp).atZone(ZoneId.systemDefault()).toInstant();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static AddressChange change(Matcher line) {
        return new AddressChange(instant(line.group(1)), line.group(3), line.group(2) == null);
    }

    private String text() {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
