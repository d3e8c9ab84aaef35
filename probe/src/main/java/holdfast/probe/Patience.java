package holdfast.probe;

import java.time.Duration;
import java.util.Optional;

/// How long a check may take: each phase of it, and all of it, so that a server that sends its
/// answer octet by octet does not hold it for ever.
public record Patience(Duration phase, Duration whole) {

    /// As many phases as a check can honestly have, and some more: connecting, two rounds of a
    /// handshake, a request, an answer.
    private static final int PHASES = 10;

    public static Patience of(Duration phase) {
        // Not multiplied as a whole, which goes by way of decimal numbers of any length.
        return new Patience(
                phase,
                Duration.ofSeconds(phase.getSeconds() * PHASES, (long) phase.getNano() * PHASES));
    }

    /// With another limit for the whole.
    public static Patience of(Duration phase, Optional<Duration> whole) {
        return whole.isPresent() ? new Patience(phase, whole.get()) : of(phase);
    }
}
