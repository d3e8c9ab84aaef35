package holdfast.lab.interop;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All outcomes, as a page of tables.
///
/// Confined to one thread.
final class Table {

    private static final String INTRODUCTION =
            """
            # Interoperation

            Written by `tools/interop`; do not edit. `make test` plays all of it again and
            compares it with what the protocol says, and with this page.

            Holdfast beside Debian's keepalived 2.2.7 and FRR's vrrpd 8.4.4 on a wire, both
            ways round: *first* is the router with priority 150, *second* the one with 100.
            The interval is 1 s, and events come half an interval after an advert. A cell
            says who serves the address in the end, after what time that was settled, and
            for how long nobody or both served it. That is taken from the kernels' messages
            about addresses and devices, and has to agree with captures of who speaks; no
            capture held a packet in which tcpdump finds a fault. All of it happens under a
            kernel with virtual time, where a computation takes none: the times are those of
            the protocols and the programs, and the same in each run.

            Holdfast over Holdfast and keepalived over keepalived are there for comparison.
            """;

    private record Cell(Speech speech, Pair pair, Scene scene) {}

    private final Map<Cell, Outcome> outcomes = new HashMap<>();

    void put(Speech speech, Pair pair, Scene scene, Outcome outcome) {
        outcomes.put(new Cell(speech, pair, scene), outcome);
    }

    /// The page.
    String markdown() {
        var text = new StringBuilder(INTRODUCTION);
        List<Remark> remarks = remarks();
        for (Speech speech : Speech.values()) {
            List<Pair> pairs =
                    Pair.all().stream().filter(pair -> speech.obstacle(pair).isEmpty()).toList();
            text.append("\n## ").append(speech).append("\n\n");
            Pair.all().stream()
                    .flatMap(pair -> speech.obstacle(pair).stream())
                    .distinct()
                    .forEach(reason -> text.append(reason).append(".\n\n"));
            text.append("| First over second: |");
            pairs.forEach(pair -> text.append(" ").append(pair).append(" |"));
            text.append("\n|---|").append("---|".repeat(pairs.size())).append("\n");
            for (Scene scene : Scene.values()) {
                text.append("| ").append(scene).append(" |");
                for (Pair pair : pairs) {
                    text.append(" ").append(words(speech, pair, scene, remarks)).append(" |");
                }
                text.append("\n");
            }
        }
        text.append("\n## Remarks\n\n");
        for (int i = 0; i < remarks.size(); i++) {
            text.append("%d. %s\n".formatted(i + 1, remarks.get(i).text()));
        }
        return text.toString();
    }

    /// All that belong to an outcome, in the order of their numbers.
    private List<Remark> remarks() {
        return outcomes.keySet().stream()
                .flatMap(cell -> Remark.of(cell.speech(), cell.pair(), cell.scene()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private String words(Speech speech, Pair pair, Scene scene, List<Remark> remarks) {
        Outcome outcome = outcomes.get(new Cell(speech, pair, scene));
        if (outcome == null) {
            return scene.obstacle(pair.first()).orElse("not played");
        }
        Optional<Remark> known = Remark.of(speech, pair, scene);
        var text = new StringBuilder(outcome.holder().name().toLowerCase(Locale.ROOT));
        if (known.equals(Optional.of(Remark.HEADERS_COUNT))) {
            // The exact time is that of counters, and not of the protocol.
            return text.append(" within ")
                    .append(seconds(Expectation.HEADERS_MAX))
                    .append(number(known, remarks))
                    .toString();
        }
        if (isWorthTelling(outcome.settled())) {
            text.append(" after ").append(seconds(outcome.settled()));
        }
        if (isWorthTelling(outcome.nobody())) {
            text.append(", nobody ").append(seconds(outcome.nobody()));
        }
        if (outcome.holder() != Holder.BOTH && isWorthTelling(outcome.both())) {
            text.append(", both ").append(seconds(outcome.both()));
        }
        return text.append(number(known, remarks)).toString();
    }

    private static String number(Optional<Remark> known, List<Remark> remarks) {
        return known.map(remark -> " (%d)".formatted(remarks.indexOf(remark) + 1)).orElse("");
    }

    private static boolean isWorthTelling(Duration time) {
        return time.compareTo(Expectation.STEP) > 0;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
