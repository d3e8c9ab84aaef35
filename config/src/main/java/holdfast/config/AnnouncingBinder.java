package holdfast.config;

import holdfast.vrrp.Announcing;
import java.time.Duration;

/// Binds how a master says where its addresses are.
final class AnnouncingBinder {

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
                globals.time("vrrp_garp_interval").orElse(Duration.ZERO),
                globals.time("vrrp_gna_interval").orElse(Duration.ZERO));
    }
}
