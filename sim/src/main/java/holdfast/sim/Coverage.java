package holdfast.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// How often each law was looked after and each misfortune happened: what was never tried proves
/// nothing.
public final class Coverage {

    private static final class Count {
        private long value;
    }

    private final Map<Object, Count> counts = new HashMap<>();
    private long events;

    /// Nothing has been asked yet.
    public Coverage() {}

    /// Counts an event.
    public void event() {
        events++;
    }

    /// Notes that the law was asked; throws when it is broken.
    public void expect(Rule law, boolean kept, Supplier<String> otherwise) {
        counts.computeIfAbsent(law, _ -> new Count()).value++;
        if (!kept) {
            throw new Violation(law, otherwise.get());
        }
    }

    public void happened(Enum<?> misfortune) {
        counts.computeIfAbsent(misfortune, _ -> new Count()).value++;
    }

    void add(Coverage other) {
        other.counts.forEach(
                (what, count) ->
                        counts.computeIfAbsent(what, _ -> new Count()).value += count.value);
        events += other.events;
    }

    /// How often a law was asked, or a misfortune happened.
    long of(Object what) {
        return counts.getOrDefault(what, new Count()).value;
    }

    long events() {
        return events;
    }
}
