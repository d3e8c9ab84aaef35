package holdfast.config;

import holdfast.net.Family;
import java.util.EnumMap;
import java.util.Map;

/// The preferences of rules that have none: one less for each, in the order of the file.
final class RulePreferences {

    private static final long FIRST = 16_384;

    private final Map<Family, Long> next = new EnumMap<>(Family.class);

    long next(Family family) {
        long preference = next.getOrDefault(family, FIRST);
        next.put(family, preference - 1);
        return preference;
    }
}
