package holdfast.lab.demo;

import holdfast.lab.Host;
import holdfast.lab.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// The requests of a client in one of the hosts.
final class Traffic {

    private static final String LOG = "requests.txt";

    private final Process client;
    private final Path file;

    /// Starts to send requests.
    Traffic(Host host, String address, int port, int perSecond) {
        this.file = host.lab().file(LOG, "");
        this.client =
                host.start(
                        LOG,
                        JavaProgram.command(
                                Client.class,
                                address,
                                Integer.toString(port),
                                Integer.toString(perSecond)));
    }

    /// The requests sent within a span of time that have ended by now.
    List<Request> between(Instant from, Instant to) {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Request::read)
                    .filter(request -> !request.at().isBefore(from) && request.at().isBefore(to))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first request answered that was sent at a moment or later, by one of these.
    boolean isAnsweredSince(Instant moment, List<String> servers) {
        List<Request> requests = between(moment, Instant.MAX);
        return servers.stream()
                .allMatch(
                        server ->
                                requests.stream()
                                        .anyMatch(
                                                request ->
                                                        request.answeredBy()
                                                                .filter(server::equals)
                                                                .isPresent()));
    }

    void stop() {
        client.destroy();
        client.onExit().join();
    }
}
