package holdfast.lab.demo;

import java.time.Duration;
import java.time.Instant;

/// Prints what happens, with the time since the beginning.
final class Timeline {

    private static final boolean COLOURS = Boolean.getBoolean("holdfast.demo.colours");
    private static final String BOLD = "1";
    private static final String GREEN = "32";
    private static final String RED = "31";

    private final Instant start = Instant.now();

    /// Opens a chapter.
    static void chapter(String text) {
        System.out.printf("%n%s%n", coloured(BOLD, text));
    }

    /// Says what happened at a moment.
    void say(Instant at, String text) {
        System.out.printf("  %6.2f s  %s%n", seconds(Duration.between(start, at)), text);
    }

    /// Says more about what happened.
    static void more(String text) {
        System.out.printf("            %s%n", text);
    }

    /// Says what is so now.
    void say(String text) {
        say(Instant.now(), text);
    }

    static String verdict(boolean good, String yes, String no) {
        return good ? coloured(GREEN, yes) : coloured(RED, no);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String coloured(String colour, String text) {
        return COLOURS ? "\033[%sm%s\033[0m".formatted(colour, text) : text;
    }
}
