package holdfast.config;

import holdfast.vrrp.Timing;
import holdfast.vrrp.Version;
import java.time.Duration;
import java.util.Optional;

/// Binds when adverts are sent and missed.
final class TimingBinder {

    private static final long CENTI_MILLIS = 10;
    private static final Duration V3_MAX = Duration.ofMillis(40_950);

    private final Context context;

    TimingBinder(Context context) {
        this.context = context;
    }

    Timing bind(Section block, Version version, boolean strict) {
        Optional<Entry> interval = block.last("advert_int");
        Duration asked = interval.map(Entry::time).orElse(Timing.DEFAULT.interval());
        Duration used =
                switch (version) {
                    case V2 -> wholeSeconds(asked);
                    case V3 -> wholeCentis(asked);
                };
        if (!used.equals(asked)) {
            context.findings()
                    .error(
                            interval.orElseThrow().word(0),
                            "version %s cannot say this interval; %d ms are used"
                                    .formatted(version == Version.V2 ? "2" : "3", used.toMillis()));
        }
        int adverts =
                strict
                        ? Timing.DEFAULT.downTimerAdverts()
                        : context.count(block, "down_timer_adverts", "vrrp_down_timer_adverts")
                                .orElse(Timing.DEFAULT.downTimerAdverts());
        return new Timing(used, adverts);
    }

    private static Duration wholeSeconds(Duration asked) {
        long seconds = asked.plusMillis(500).toSeconds();
        return Duration.ofSeconds(Math.clamp(seconds, 1, 255));
    }

    private static Duration wholeCentis(Duration asked) {
        long centis = asked.plusMillis(CENTI_MILLIS / 2).toMillis() / CENTI_MILLIS;
        Duration rounded = Duration.ofMillis(Math.max(1, centis) * CENTI_MILLIS);
        return rounded.compareTo(V3_MAX) > 0 ? V3_MAX : rounded;
    }
}
