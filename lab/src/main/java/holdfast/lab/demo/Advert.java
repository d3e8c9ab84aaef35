package holdfast.lab.demo;

import java.time.Duration;
import java.time.Instant;

/// An advert that was on the wire.
///
/// Immutable.
record Advert(Instant at, String source, int vrid, int priority) {

    /// Reads a line of [AdvertListener].
    static Advert read(String line) {
        String[] words = line.split(" ");
        return new Advert(
                Instant.EPOCH.plus(Duration.ofNanos(Long.parseLong(words[0]) * 1000)),
                words[1],
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]));
    }

    /// Priority 0: its sender gives up (RFC 9568, 6.4.3).
    boolean isGoodbye() {
        return priority == 0;
    }
}
