package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The kinds of words that the keyword table speaks of: `int:1..255`, `ip`, `MASTER|BACKUP`, ...
final class WordKind {

    /// Longer times do not fit the 32 bits of microseconds that peers and kernels keep them in.
    private static final Duration LONGEST = Duration.ofSeconds(4_294_967_295L);

    private static final List<String> DNS_TYPES =
            List.of("A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY");

    private static final int TASK_NAME_BYTES_MAX = 15;

    private WordKind() {}

    /// Reads `text` as `kind`, which may carry a range after a colon.
    static Scalar<?> read(String kind, String text) {
        int colon = kind.indexOf(':');
        String name = colon < 0 ? kind : kind.substring(0, colon);
        String range = colon < 0 ? "" : kind.substring(colon + 1);
        return switch (name) {
            case "int" -> Scalars.integer(text, min(range), max(range));
            case "anyint" -> Scalars.integerOfAnyBase(text, min(range), max(range));
            case "weight" -> Scalars.integer(text, min(range), max(range));
            case "sec" -> Scalars.seconds(text, 6, low(range), high(range));
            case "gap" -> gap(text);
            case "ms" ->
                    Scalars.milliseconds(text, 3, low(range).dividedBy(1000), millisMax(range));
            case "bool" -> Scalars.bool(text);
            case "ifname" -> Scalars.interfaceName(text);
            case "ip" -> Scalars.address(text);
            case "ip/len" -> Scalars.prefix(text);
            case "multicast" -> multicast(Scalars.address(text), text);
            case "multicast4" -> multicast(Scalars.address(text, Family.INET), text);
            case "multicast6" -> multicast(Scalars.address(text, Family.INET6), text);
            case "port" -> Scalars.port(text);
            case "word" -> length(text, range);
            default -> special(name, range, text);
        };
    }

    private static Scalar<?> special(String name, String range, String text) {
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

    private static Duration low(String range) {
        return span(range.substring(0, range.indexOf("..")));
    }

    private static Duration high(String range) {
        String end = range.substring(range.indexOf("..") + 2);
        return end.isEmpty() ? LONGEST : span(end);
    }

    private static Duration millisMax(String range) {
        return Duration.ofMillis(max(range));
    }

    private static Duration span(String seconds) {
        Optional<Duration> read = Scalars.seconds(seconds, 6, Duration.ZERO, LONGEST).value();
        return read.orElseThrow(() -> new IllegalStateException("bad range: " + seconds));
    }
}
