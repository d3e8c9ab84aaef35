package holdfast.lab.demo;

import holdfast.lab.Host;
import holdfast.lab.JavaProgram;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The requests of the client, sent at a steady pace from the first moment to the last.
final class Traffic implements AutoCloseable {

    private static final String LOG = "requests.txt";

    private final Process client;
    private final GrowingFile<Request> requests;

    /// Starts to send requests.
    Traffic(Host host, String address, int port, int perSecond) {
        this.requests = new GrowingFile<>(host.lab().file(LOG, ""), Request::read);
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
        return requests.values().stream()
                .filter(request -> !request.at().isBefore(from) && request.at().isBefore(to))
                .toList();
    }

    /// The requests answered by now that were sent at a moment or later.
    List<Request> answeredSince(Instant moment) {
        return between(moment, Instant.MAX).stream().filter(Request::isAnswered).toList();
    }

    /// When the first answer came to a request sent at a moment or later.
    Optional<Instant> firstAnswer(Instant sentSince) {
        return answeredSince(sentSince).stream()
                .map(request -> request.at().plus(request.took()))
                .min(Instant::compareTo);
    }

    @Override
    public void close() {
        client.destroy();
        client.onExit().join();
    }
}
