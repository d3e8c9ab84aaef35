package holdfast.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/// How often each law was looked after and each misfortune happened: what was never tried proves
/// nothing.
final class Coverage {

    private static final class Count {
        private long value;
    }

    private final Map<Law, Count> laws = new EnumMap<>(Law.class);
    private final Map<Misfortune, Count> misfortunes = new EnumMap<>(Misfortune.class);
    private long events;

    void event() {
        events++;
    }

    /// Notes that the law was asked; throws when it is broken.
    void expect(Law law, boolean kept, Supplier<String> otherwise) {
        laws.computeIfAbsent(law, _ -> new Count()).value++;
        if (!kept) {
            throw new Violation(law, otherwise.get());
        }
    }

    void happened(Misfortune misfortune) {
        misfortunes.computeIfAbsent(misfortune, _ -> new Count()).value++;
    }

    void add(Coverage other) {
        other.laws.forEach(
                (law, count) -> laws.computeIfAbsent(law, _ -> new Count()).value += count.value);
        other.misfortunes.forEach(
                (one, count) ->
                        misfortunes.computeIfAbsent(one, _ -> new Count()).value += count.value);
        events += other.events;
    }

    long of(Law law) {
        return laws.getOrDefault(law, new Count()).value;
    }

    long of(Misfortune misfortune) {
        return misfortunes.getOrDefault(misfortune, new Count()).value;
    }

    long events() {
        return events;
    }
}
