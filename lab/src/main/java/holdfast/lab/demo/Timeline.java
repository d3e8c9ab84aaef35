package holdfast.lab.demo;

import java.time.Duration;
import java.time.Instant;

/// Prints what happens, with the time since the beginning.
final class Timeline {

    private final Instant start = Instant.now();

    /// Opens a chapter.
    void chapter(String text) {
        System.out.printf("%n%s%n", text);
    }

    /// Says what happened at a moment.
    void say(Instant at, String text) {
        System.out.printf("  t+%5.2f s  %s%n", seconds(Duration.between(start, at)), text);
    }

    /// Says what is so now.
    void say(String text) {
        say(Instant.now(), text);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
