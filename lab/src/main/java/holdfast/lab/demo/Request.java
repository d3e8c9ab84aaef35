package holdfast.lab.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One request of the client: when it was sent, how long it took, and who answered.
///
/// Immutable.
record Request(Instant at, Duration took, Optional<String> answeredBy) {

    /// Reads a line of [Client].
    static Request read(String line) {
        String[] words = line.split(" ");
        return new Request(
                Instant.EPOCH.plus(Duration.ofNanos(Long.parseLong(words[0]) * 1000)),
                Duration.ofNanos(Long.parseLong(words[1]) * 1000),
                words[2].equals("-") ? Optional.empty() : Optional.of(words[2]));
    }

    boolean isAnswered() {
        return answeredBy.isPresent();
    }

    boolean isAnsweredBy(String server) {
        return answeredBy.filter(server::equals).isPresent();
    }
}
