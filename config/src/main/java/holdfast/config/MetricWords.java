package holdfast.config;

import holdfast.routing.RouteMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Collects the metrics of one route: `mtu [lock] 1400`, `rtt 300ms`, and their like.
final class MetricWords {

    private static final long UNSIGNED_MAX = 0xffff_ffffL;
    private static final int HOPLIMIT_MAX = 255;

    /// `RTAX_FEATURE_ECN`.
    private static final int ECN = 1;

    private static final Map<String, Integer> NUMBERS =
            Map.ofEntries(
                    Map.entry("mtu", RouteMetrics.RTAX_MTU),
                    Map.entry("window", RouteMetrics.RTAX_WINDOW),
                    Map.entry("rtt", RouteMetrics.RTAX_RTT),
                    Map.entry("rttvar", RouteMetrics.RTAX_RTTVAR),
                    Map.entry("ssthresh", RouteMetrics.RTAX_SSTHRESH),
                    Map.entry("cwnd", RouteMetrics.RTAX_CWND),
                    Map.entry("advmss", RouteMetrics.RTAX_ADVMSS),
                    Map.entry("reordering", RouteMetrics.RTAX_REORDERING),
                    Map.entry("hoplimit", RouteMetrics.RTAX_HOPLIMIT),
                    Map.entry("initcwnd", RouteMetrics.RTAX_INITCWND),
                    Map.entry("features", RouteMetrics.RTAX_FEATURES),
                    Map.entry("rto_min", RouteMetrics.RTAX_RTO_MIN),
                    Map.entry("initrwnd", RouteMetrics.RTAX_INITRWND),
                    Map.entry("quickack", RouteMetrics.RTAX_QUICKACK),
                    Map.entry("congctl", RouteMetrics.RTAX_CC_ALGO),
                    Map.entry("fastopen_no_cookie", RouteMetrics.RTAX_FASTOPEN_NO_COOKIE));

    private final OptionWords words;
    private final Findings findings;
    private final SortedMap<Integer, Integer> values = new TreeMap<>();
    private Optional<String> congestionControl = Optional.empty();
    private int locked;

    MetricWords(OptionWords words, Findings findings) {
        this.words = words;
        this.findings = findings;
    }

    static boolean has(String option) {
        return NUMBERS.containsKey(option);
    }

    /// @return whether it was good
    boolean read(Word option) {
        int number = NUMBERS.getOrDefault(option.text(), 0);
        boolean lock = isLockable(option.text()) && words.take("lock");
        boolean good =
                switch (option.text()) {
                    case "congctl" -> {
                        congestionControl = words.value(option).map(Word::text);
                        yield congestionControl.isPresent();
                    }
                    case "features" -> keep(number, feature(option));
                    case "rtt" -> keep(number, time(option, 8));
                    case "rttvar" -> keep(number, time(option, 4));
                    case "rto_min" -> keep(number, time(option, 1));
                    case "hoplimit" -> keep(number, words.number(option, HOPLIMIT_MAX));
                    case "quickack", "fastopen_no_cookie" -> keep(number, words.number(option, 1));
                    default -> keep(number, words.number(option, UNSIGNED_MAX));
                };
        locked |= good && lock ? 1 << number : 0;
        return good;
    }

    private static boolean isLockable(String option) {
        return switch (option) {
            case "mtu",
                    "advmss",
                    "rtt",
                    "rttvar",
                    "rto_min",
                    "reordering",
                    "cwnd",
                    "ssthresh",
                    "congctl" ->
                    true;
            default -> false;
        };
    }

    private boolean keep(int number, Optional<Long> value) {
        value.ifPresent(found -> values.put(number, found.intValue()));
        return value.isPresent();
    }

    private Optional<Long> feature(Word option) {
        Optional<Word> word = words.value(option);
        if (word.isPresent() && !word.get().text().equals("ecn")) {
            findings.error(word.get(), "'" + word.get().text() + "' is not the feature ecn");
            return Optional.empty();
        }
        return word.map(_ -> (long) ECN);
    }

    private static final Duration TIME_MIN = Duration.ofMillis(200);
    private static final Duration TIME_MAX = Duration.ofMinutes(2);

    /// A time with a unit, or a bare number of the kernel's parts of a millisecond.
    private Optional<Long> time(Word option, int partsInMilli) {
        Optional<Word> word = words.value(option);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Scalar<Duration> read = duration(word.get().text(), partsInMilli);
        Optional<Duration> time = words.good(word.get(), read);
        return time.map(found -> clamp(word.get(), found).toMillis() * partsInMilli);
    }

    private static Scalar<Duration> duration(String text, int partsInMilli) {
        Duration most = Duration.ofDays(1);
        int units = 0;
        while (units < text.length() && !Character.isLetter(text.charAt(units))) {
            units++;
        }
        String number = text.substring(0, units);
        return switch (text.substring(units)) {
            case "" -> {
                Scalar<Long> parts = Scalars.integer(number, 0, UNSIGNED_MAX);
                yield new Scalar<>(
                        parts.value().map(count -> Duration.ofMillis(count / partsInMilli)),
                        parts.complaint());
            }
            case "ms", "msec", "msecs" -> Scalars.milliseconds(number, 3, Duration.ZERO, most);
            case "s", "sec", "secs" -> Scalars.seconds(number, 6, Duration.ZERO, most);
            default -> Scalar.refused("'" + text + "' is not a time, like 300ms or 1s");
        };
    }

    private Duration clamp(Word word, Duration time) {
        Duration clamped =
                time.compareTo(TIME_MIN) < 0
                        ? TIME_MIN
                        : time.compareTo(TIME_MAX) > 0 ? TIME_MAX : time;
        if (!clamped.equals(time)) {
            findings.note(
                    word,
                    "'%s' is not from 200ms to 120s; %dms is used"
                            .formatted(word.text(), clamped.toMillis()));
        }
        return clamped;
    }

    RouteMetrics metrics() {
        return new RouteMetrics(values, locked, congestionControl);
    }
}
