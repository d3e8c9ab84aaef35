package holdfast.config;

import holdfast.config.HostFacts.KeyFile;
import holdfast.vrrp.Authentication.Hmac;
import holdfast.vrrp.HmacKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Binds `auth_hmac`. A key is never repeated in a complaint.
final class HmacBinder {

    private static final Duration WINDOW_MIN = Duration.ofSeconds(5);
    private static final Duration WINDOW_MAX = Duration.ofMinutes(5);

    /// Adverts that a window lets pass unless it is said how long it is.
    private static final int WINDOW_ADVERTS = 3;

    private final Context context;

    HmacBinder(Context context) {
        this.context = context;
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
            octets(entry.word(1)).ifPresent(octets -> keys.add(new HmacKey(id, octets)));
        }
        return keys;
    }

    private Optional<byte[]> octets(Word word) {
        Optional<String> text =
                word.text().startsWith("file:") ? fromFile(word) : Optional.of(word.text());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        byte[] octets;
        if (text.get().startsWith("hex:")) {
            try {
                octets = HexFormat.of().parseHex(text.get().substring("hex:".length()));
            } catch (IllegalArgumentException _) {
                context.findings().error(word, "a key after hex: has pairs of hexadecimal digits");
                return Optional.empty();
            }
        } else {
            octets = text.get().getBytes(StandardCharsets.UTF_8);
        }
        if (octets.length < HmacKey.BYTES_MIN || octets.length > HmacKey.BYTES_MAX) {
            context.findings().error(word, "a key has 32 to 64 octets");
            return Optional.empty();
        }
        return Optional.of(octets);
    }

    private Optional<String> fromFile(Word word) {
        String name = word.text().substring("file:".length());
        Path home = Optional.ofNullable(Path.of(word.at().file()).getParent()).orElse(Path.of(""));
        String path = home.resolve(name).toString();
        Optional<KeyFile> file = context.host().keyFile(path);
        if (file.isEmpty()) {
            context.findings().error(word, "cannot read a key from " + path);
        }
        if (file.isPresent() && file.get().readableByOthers()) {
            context.findings()
                    .add(
                            ErrorClass.SECURITY,
                            word.at(),
                            "others than its owner may read the key in " + path);
        }
        return file.map(one -> withoutLineEnd(one.text()));
    }

    private static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }
}
