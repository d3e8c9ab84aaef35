package holdfast.lab.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// One row of results: the same thing measured of both programs, in one unit.
///
/// Immutable.
record Figure(String what, Unit unit, double ours, double theirs, Optional<Target> target) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    static Figure time(String what, Duration ours, Duration theirs) {
        return new Figure(what, Unit.MILLISECONDS, millis(ours), millis(theirs), Optional.empty());
    }

    static Figure memory(String what, long oursBytes, long theirsBytes) {
        return new Figure(
                what,
                Unit.MEGABYTES,
                oursBytes / BYTES_PER_MEGABYTE,
                theirsBytes / BYTES_PER_MEGABYTE,
                Optional.empty());
    }

    static Figure count(String what, long ours, long theirs) {
        return new Figure(what, Unit.COUNT, ours, theirs, Optional.empty());
    }

    /// The same, with a limit for ours.
    Figure atMost(double limit) {
        return with("at most " + unit.words(limit), ours <= limit);
    }

    /// The same, with a limit for how much ours may be above theirs.
    Figure aboveTheirsAtMost(double margin) {
        return with("at most keepalived's + " + unit.words(margin), ours <= theirs + margin);
    }

    /// Ours in parts of theirs; nothing is a part of nothing, nor of what is negative.
    String ratio() {
        return theirs > 0 && ours >= 0 ? String.format(Locale.ROOT, "%.2f", ours / theirs) : "–";
    }

    /// The row of a Markdown table.
    String row() {
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        what,
                        unit.words(ours),
                        unit.words(theirs),
                        ratio(),
                        target.map(Figure::verdict).orElse(""));
    }

    private Figure with(String words, boolean met) {
        return new Figure(what, unit, ours, theirs, Optional.of(new Target(words, met)));
    }

    private static String verdict(Target target) {
        return target.words() + (target.met() ? ": met" : ": **missed**");
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
