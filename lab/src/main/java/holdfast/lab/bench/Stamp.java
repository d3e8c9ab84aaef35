package holdfast.lab.bench;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The moment at which a program took the place of a shell, which the shell has written down.
///
/// So the time that it takes to enter a namespace is not counted as the program's.
final class Stamp {

    private static final Pattern LINE = Pattern.compile("(?m)^exec-at ([0-9]+)[.,]([0-9]{6})$");

    /// What comes before a command so that its output begins with the moment.
    static final List<String> PREFIX =
            List.of("bash", "-c", "echo \"exec-at $EPOCHREALTIME\"; exec \"$0\" \"$@\"");

    /// Like [#PREFIX], but waits for the command, and writes the end down as well.
    static final List<String> BOTH_ENDS =
            List.of(
                    "bash",
                    "-c",
                    "a=$EPOCHREALTIME; \"$0\" \"$@\" >/dev/null 2>&1; s=$?; b=$EPOCHREALTIME;"
                            + " echo \"exec-at $a\"; echo \"exec-at $b\"; exit $s");

    private Stamp() {}

    /// The moments in an output, in their order.
    static List<Instant> in(String output) {
        return LINE.matcher(output).results().map(Stamp::instant).toList();
    }

    /// The first moment in an output, if it has been written by now.
    static Optional<Instant> first(String output) {
        return in(output).stream().findFirst();
    }

    private static Instant instant(MatchResult line) {
        var seconds = new BigDecimal(line.group(1) + "." + line.group(2));
        return Instant.EPOCH.plusNanos(seconds.movePointRight(9).longValueExact());
    }
}
