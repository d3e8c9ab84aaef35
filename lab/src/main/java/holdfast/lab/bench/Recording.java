package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All adverts that pass an interface, with the time at which the kernel saw each.
///
/// Ends with the lab, or when it is closed.
final class Recording implements AutoCloseable {

    private static final Duration STARTUP_MAX = Duration.ofSeconds(10);
    private static int count;

    private final Process process;
    private final Path file;

    private Recording(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    /// A recording that can be read while it goes on; it wakes for each packet.
    static Recording live(Host host, String device) {
        return start(host, device, List.of("-U", "--immediate-mode"));
    }

    /// A recording of much traffic, which wakes for many packets at once, and is read afterwards.
    static Recording bulk(Host host, String device) {
        return start(host, device, List.of("-B", "16384"));
    }

    private static Recording start(Host host, String device, List<String> manner) {
        String name = "recording-%d".formatted(count++);
        Path file = host.lab().directory().resolve(name + ".pcap");
        Path log = host.lab().file(name + ".log", "");
        List<String> command = new ArrayList<>(List.of("tcpdump", "-n", "-p", "-Z", "root"));
        command.addAll(List.of("-s", "96", "--time-stamp-precision=nano", "-i", device));
        command.addAll(manner);
        command.addAll(List.of("-w", file.toString(), "ip proto 112"));
        Process process = host.start(name + ".log", command);
        Await.until(
                "tcpdump listens on " + device,
                STARTUP_MAX,
                () -> text(log).contains("listening on"),
                () -> text(log));
        return new Recording(process, file);
    }

    /// All up to now, oldest first.
    List<Advert> adverts() {
        try {
            return Files.exists(file) ? AdvertFile.read(Files.readAllBytes(file)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those of one sender, since a moment.
    List<Advert> since(Instant moment, String source) {
        return adverts().stream()
                .filter(advert -> advert.source().equals(source))
                .filter(advert -> !advert.at().isBefore(moment))
                .toList();
    }

    /// The first of one sender, since a moment.
    Optional<Instant> first(Instant moment, String source) {
        return since(moment, source).stream().map(Advert::at).findFirst();
    }

    @Override
    public void close() {
        stop();
    }

    /// Ends the recording; after that it is complete.
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
