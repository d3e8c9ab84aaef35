package holdfast.bfd;

import java.util.EnumMap;
import java.util.Map;

/// How many packets were ignored, by reason.
final class Tally {

    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

    void dropped(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    Map<DropReason, Long> counts() {
        return Map.copyOf(dropped);
    }
}
