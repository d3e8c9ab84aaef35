package holdfast.config;

import holdfast.vrrp.Authentication.Hmac;
import holdfast.vrrp.HmacKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds `auth_hmac`. A key is never repeated in a complaint.
final class HmacBinder {

    private static final Duration WINDOW_MIN = Duration.ofSeconds(5);
    private static final Duration WINDOW_MAX = Duration.ofMinutes(5);

    /// Adverts that a window lets pass unless it is said how long it is.
    private static final int WINDOW_ADVERTS = 3;

    private final Context context;
    private final KeyReader reader;

    HmacBinder(Context context) {
        this.context = context;
        this.reader = new KeyReader(context, HmacKey.BYTES_MIN, HmacKey.BYTES_MAX);
    }

    /// Empty if there is no key to send with, which was complained about.
    Optional<Hmac> bind(Entry block, Duration interval, boolean strict) {
        Section inner = block.inner();
        List<HmacKey> keys = keys(inner);
        Optional<Integer> active = inner.number("active_key").map(Context::toInt);
        if (active.isEmpty() || keys.stream().noneMatch(key -> key.id() == active.get())) {
            context.findings()
                    .error(
                            inner.last("active_key").map(Entry::at).orElse(block.at()),
                            "active_key names no good key; the instance is not authenticated");
            return Optional.empty();
        }
        return Optional.of(
                new Hmac(
                        keys,
                        active.get(),
                        mode(inner, strict),
                        inner.seconds("time_window").orElseGet(() -> window(interval)),
                        !inner.text("anti_replay").equals(Optional.of("monotonic"))));
    }

    private static Duration window(Duration interval) {
        Duration window = interval.multipliedBy(WINDOW_ADVERTS);
        if (window.compareTo(WINDOW_MIN) < 0) {
            return WINDOW_MIN;
        }
        return window.compareTo(WINDOW_MAX) > 0 ? WINDOW_MAX : window;
    }

    private Hmac.Mode mode(Section inner, boolean strict) {
        Optional<Entry> mode = inner.last("mode");
        if (mode.isEmpty() || mode.get().text().equals("enforce")) {
            return Hmac.Mode.ENFORCE;
        }
        if (strict) {
            context.findings()
                    .error(mode.get().word(0), "strict mode needs 'mode enforce', and uses it");
            return Hmac.Mode.ENFORCE;
        }
        return mode.get().text().equals("permissive")
                ? Hmac.Mode.PERMISSIVE
                : Hmac.Mode.RECEIVE_ONLY;
    }

    private List<HmacKey> keys(Section inner) {
        List<HmacKey> keys = new ArrayList<>();
        for (Entry entry : inner.all("key")) {
            int id = Context.toInt(entry.number());
            if (keys.stream().anyMatch(key -> key.id() == id)) {
                context.findings().error(entry.word(0), "there is a key of this number already");
                continue;
            }
            reader.octets(entry.word(1)).ifPresent(octets -> keys.add(new HmacKey(id, octets)));
        }
        return keys;
    }
}
