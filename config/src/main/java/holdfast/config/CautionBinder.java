package holdfast.config;

import holdfast.balance.Caution;
import holdfast.balance.RealServerSpec;
import holdfast.balance.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Binds our own `slow_start` and `panic_threshold` of a virtual server.
final class CautionBinder {

    /// Those that give every server the same, whatever its weight.
    private static final Set<String> WEIGHTLESS = Set.of("rr", "lc", "dh");

    private final Context context;
    private final Entry block;

    CautionBinder(Context context, Entry block) {
        this.context = context;
        this.block = block;
    }

    Caution bind(Scheduler scheduler, List<RealServerSpec> pool) {
        Section inner = block.inner();
        Duration slowStart = inner.time("slow_start").orElse(Duration.ZERO);
        Optional<Entry> asked = inner.last("slow_start");
        if (slowStart.isPositive() && asked.isPresent()) {
            if (WEIGHTLESS.contains(scheduler.name())) {
                context.findings()
                        .warning(
                                asked.get().at(),
                                ("the scheduler %s does not look at weights;"
                                                + " 'slow_start' has no effect")
                                        .formatted(scheduler.name()));
            } else if (pool.stream().allMatch(server -> server.weight() <= 1)) {
                context.findings()
                        .warning(
                                asked.get().at(),
                                "'slow_start' needs weights above 1, of which it can give a part");
            }
        }
        return new Caution(slowStart, Context.toInt(inner.number("panic_threshold").orElse(0L)));
    }
}
