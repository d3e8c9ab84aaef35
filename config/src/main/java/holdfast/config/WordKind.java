package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds of words that the keyword table speaks of: `int:1..255`, `ip`, `MASTER|BACKUP`, ...
final class WordKind {

    /// Longer times do not fit the 32 bits of microseconds that peers and kernels keep them in.
    private static final Duration LONGEST = Duration.ofSeconds(4_294_967_295L);

    private static final List<String> DNS_TYPES =
            List.of("A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY");

    private static final int TASK_NAME_BYTES_MAX = 15;

    private final String name;
    private final String range;
    private @Nullable Duration low;
    private @Nullable Duration high;

    private WordKind(String name, String range) {
        this.name = name;
        this.range = range;
    }

    /// @param kind may carry a range after a colon
    static WordKind of(String kind) {
        int colon = kind.indexOf(':');
        return colon < 0
                ? new WordKind(kind, "")
                : new WordKind(kind.substring(0, colon), kind.substring(colon + 1));
    }

    /// What it is called, without its range.
    String name() {
        return name;
    }

    /// Reads `text` as this.
    Scalar<?> read(String text) {
        return switch (name) {
            case "int" -> Scalars.integer(text, min(range), max(range));
            case "anyint" -> Scalars.integerOfAnyBase(text, min(range), max(range));
            case "weight" -> Scalars.integer(text, min(range), max(range));
            case "sec" -> Scalars.seconds(text, 6, low(), high());
            case "gap" -> gap(text);
            case "ms" -> Scalars.milliseconds(text, 3, low().dividedBy(1000), millisMax(range));
            case "bool" -> Scalars.bool(text);
            case "ifname" -> Scalars.interfaceName(text);
            case "ip" -> Scalars.address(text);
            case "ip/len" -> Scalars.prefix(text);
            case "multicast" -> multicast(Scalars.address(text), text);
            case "multicast4" -> multicast(Scalars.address(text, Family.INET), text);
            case "multicast6" -> multicast(Scalars.address(text, Family.INET6), text);
            case "port" -> Scalars.port(text);
            case "word" -> length(text, range);
            default -> special(text);
        };
    }

    private Scalar<?> special(String text) {
        return switch (name) {
            case "name" -> length(text, range);
            case "md5" -> text.length() == 32 && hex(text) ? Scalar.of(text) : notDigest(text);
            case "octets" -> hex(text) && !text.isEmpty() ? Scalar.of(text) : notHex(text);
            case "hex" -> hexWithWildcards(text) ? Scalar.of(text) : notHex(text);
            case "status" -> StatusCodes.read(text);
            case "granularity" -> Granularity.read(text);
            case "umask" -> Umask.read(text);
            case "task" -> taskName(text);
            case "dnstype" -> oneOf(DNS_TYPES, text.toUpperCase(Locale.ROOT));
            case "protocol" -> oneOf(List.of("TCP", "UDP", "SCTP"), text.toUpperCase(Locale.ROOT));
            case "broadcast" ->
                    text.equals("+") || text.equals("-")
                            ? Scalar.of(text)
                            : Scalars.address(text, Family.INET);
            // Read by whoever binds them, since one word does not stand alone there.
            case "script", "pattern", "service", "endpoint", "forwarding" -> Scalar.of(text);
            case "garpextra" ->
                    text.equals("all")
                            ? Scalar.of(text)
                            : Scalars.integer(text, min(range), max(range));
            default -> oneOf(List.of(name.split("\\|", -1)), text);
        };
    }

    /// A least time between two things. None at all is often written as 0.
    private static Scalar<Duration> gap(String text) {
        Scalar<Duration> read = Scalars.seconds(text, 6, Duration.ZERO, LONGEST);
        return read.value().filter(Duration::isZero).isPresent()
                ? Scalar.saved(Duration.ZERO, "0 is no time between two; leave it out")
                : read;
    }

    /// What ps(1) shows of a process; the kernel has no more room.
    private static Scalar<String> taskName(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= TASK_NAME_BYTES_MAX) {
            return Scalar.of(text);
        }
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > TASK_NAME_BYTES_MAX) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return Scalar.saved(
                cut,
                "'%s' is longer than %d bytes; '%s' is used"
                        .formatted(text, TASK_NAME_BYTES_MAX, cut));
    }

    private static Scalar<String> oneOf(List<String> choices, String text) {
        if (choices.contains(text)) {
            return Scalar.of(text);
        }
        String meant =
                Nearest.of(text, choices).map(near -> "; did you mean '" + near + "'?").orElse("");
        return Scalar.refused(
                "'%s' is not one of %s%s".formatted(text, String.join(", ", choices), meant));
    }

    private static Scalar<IpAddress> multicast(Scalar<IpAddress> address, String text) {
        return address.value().filter(found -> !found.isMulticast()).isEmpty()
                ? address
                : Scalar.refused("'" + text + "' is not a multicast address");
    }

    private static Scalar<String> length(String text, String range) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return range.isEmpty() || bytes <= max(range)
                ? Scalar.of(text)
                : Scalar.refused("'%s' is longer than %d characters".formatted(text, max(range)));
    }

    private static boolean hex(String text) {
        return text.chars().allMatch(letter -> Character.digit(letter, 16) >= 0 && letter < 128);
    }

    private static boolean hexWithWildcards(String text) {
        return hex(text.replace('x', '0').replace('X', '0'));
    }

    private static Scalar<String> notDigest(String text) {
        return Scalar.refused("'" + text + "' is not an MD5 sum of 32 hexadecimal digits");
    }

    private static Scalar<String> notHex(String text) {
        return Scalar.refused("'" + text + "' is not hexadecimal");
    }

    private static long min(String range) {
        return Long.parseLong(range.substring(0, range.indexOf("..")));
    }

    private static long max(String range) {
        String end = range.substring(range.indexOf("..") + 2);
        return end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
    }

    private Duration low() {
        Duration read = low;
        if (read == null) {
            read = span(range.substring(0, range.indexOf("..")));
            low = read;
        }
        return read;
    }

    private Duration high() {
        Duration read = high;
        if (read == null) {
            String end = range.substring(range.indexOf("..") + 2);
            read = end.isEmpty() ? LONGEST : span(end);
            high = read;
        }
        return read;
    }

    private static Duration millisMax(String range) {
        return Duration.ofMillis(max(range));
    }

    private static Duration span(String seconds) {
        Optional<Duration> read = Scalars.seconds(seconds, 6, Duration.ZERO, LONGEST).value();
        return read.orElseThrow(() -> new IllegalStateException("bad range: " + seconds));
    }
}
