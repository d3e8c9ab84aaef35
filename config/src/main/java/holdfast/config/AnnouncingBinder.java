package holdfast.config;

import holdfast.vrrp.Announcing;
import java.time.Duration;
import java.util.Optional;

/// Binds how a master says where its addresses are.
final class AnnouncingBinder {

    private static final String EVERYWHERE = "all";

    /// A day.
    private static final int PERIOD_SECONDS_MAX = 86_400;

    private final Context context;

    AnnouncingBinder(Context context) {
        this.context = context;
    }

    Announcing bind(Section block, boolean strict) {
        Section globals = context.globals();
        // One message says it all, unless a number says otherwise.
        boolean least = globals.flag("vrrp_min_garp").orElse(false);
        int repeat =
                context.count(block, "garp_master_repeat", "vrrp_garp_master_repeat")
                        .orElse(least ? 1 : 5);
        Duration delay =
                context.seconds(block, "garp_master_delay", "vrrp_garp_master_delay")
                        .orElse(Duration.ofSeconds(least ? 0 : 5));
        int weakerRepeat =
                context.count(block, "garp_lower_prio_repeat", "vrrp_garp_lower_prio_repeat")
                        .orElse(repeat);
        return new Announcing(
                repeat,
                delay,
                context.seconds(block, "garp_master_refresh", "vrrp_garp_master_refresh")
                        .orElse(Duration.ZERO),
                context.count(
                                block,
                                "garp_master_refresh_repeat",
                                "vrrp_garp_master_refresh_repeat")
                        .orElse(1),
                strict ? 0 : weakerRepeat,
                context.seconds(block, "garp_lower_prio_delay", "vrrp_garp_lower_prio_delay")
                        .orElse(delay),
                elsewhere(block));
    }

    /// The block's own word may also be that there shall be none.
    private Announcing.Elsewhere elsewhere(Section block) {
        Optional<Entry> entry =
                block.last("garp_extra_if").or(() -> context.globals().last("vrrp_garp_extra_if"));
        if (entry.isEmpty()) {
            return Announcing.Elsewhere.NEVER;
        }
        boolean everywhere = entry.get().text().equals(EVERYWHERE);
        if (everywhere && entry.get().words().size() < 2) {
            context.findings().error(entry.get().word(0), "'all' needs a number of seconds");
            return Announcing.Elsewhere.NEVER;
        }
        Word seconds = entry.get().word(everywhere ? 1 : 0);
        Duration period =
                Scalars.integer(seconds.text(), 0, PERIOD_SECONDS_MAX)
                        .value()
                        .map(Duration::ofSeconds)
                        .orElse(Duration.ZERO);
        return new Announcing.Elsewhere(period, everywhere);
    }
}
