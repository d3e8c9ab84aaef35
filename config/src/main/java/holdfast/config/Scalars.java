package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads single words as values (configuration language specification, section 10).
final class Scalars {

    /// The kernel's limit with the closing zero taken off (`IFNAMSIZ`).
    static final int INTERFACE_NAME_BYTES_MAX = 15;

    private static final int PORT_MAX = 65535;

    /// So many that nanoseconds of so many seconds are no overflow.
    private static final int PLAIN_DIGITS_MAX = 9;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+\\.?[0-9]*|\\.[0-9]+");
    private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*[+-]?[0-9]+");

    private Scalars() {}

    /// `on`, `true`, `yes` and their opposites, in lower case.
    static Scalar<Boolean> bool(String text) {
        return switch (text) {
            case "on", "true", "yes" -> Scalar.of(true);
            case "off", "false", "no" -> Scalar.of(false);
            default -> Scalar.refused("'" + text + "' is neither on nor off");
        };
    }

    /// A decimal whole number in a range.
    static Scalar<Long> integer(String text, long min, long max) {
        long plain = plain(text);
        if (plain >= 0 && plain >= min && plain <= max) {
            return Scalar.of(plain);
        }
        String number = text.strip();
        if (!WHOLE.matcher(number).matches()) {
            return notNumber(text);
        }
        return inRange(text, parse(number, 10), min, max);
    }

    /// The value of a few digits and nothing else, which is how most numbers are written; -1 for
    /// all others.
    private static long plain(String text) {
        int length = text.length();
        if (length == 0 || length > PLAIN_DIGITS_MAX) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + digit - '0';
        }
        return value;
    }

    /// A whole number as C writes them: `0x1f`, `017`, or decimal.
    static Scalar<Long> integerOfAnyBase(String text, long min, long max) {
        String number = text.strip();
        Optional<Long> value = anyBase(number);
        if (value.isEmpty() && !WHOLE.matcher(number).matches()) {
            return notNumber(text);
        }
        return inRange(text, value, min, max);
    }

    /// A number of seconds as a time.
    ///
    /// @param decimals how many digits may follow the point; more are rounded, and complained about
    static Scalar<Duration> seconds(String text, int decimals, Duration min, Duration max) {
        return decimal(text, decimals, SECOND, min, max);
    }

    /// A number of milliseconds as a time.
    static Scalar<Duration> milliseconds(String text, int decimals, Duration min, Duration max) {
        return decimal(text, decimals, Duration.ofMillis(1), min, max);
    }

    /// A number of `unit`s as a time.
    static Scalar<Duration> decimal(
            String text, int decimals, Duration unit, Duration min, Duration max) {
        long plain = plain(text);
        if (plain >= 0 && unit.compareTo(SECOND) <= 0) {
            long nanos = plain * unit.toNanos();
            if (nanos >= min.toNanos() && nanos <= max.toNanos()) {
                return Scalar.of(Duration.ofNanos(nanos));
            }
        }
        if (!DECIMAL.matcher(text).matches()) {
            return text.startsWith("-") ? outside(text, unit, min, max) : notNumber(text);
        }
        BigDecimal exact = new BigDecimal(text);
        BigDecimal rounded =
                exact.setScale(Math.min(exact.scale(), decimals), RoundingMode.HALF_UP);
        BigDecimal nanos = rounded.multiply(BigDecimal.valueOf(unit.toNanos()));
        if (nanos.compareTo(BigDecimal.valueOf(min.toNanos())) < 0
                || nanos.compareTo(BigDecimal.valueOf(max.toNanos())) > 0) {
            return outside(text, unit, min, max);
        }
        Duration value = Duration.ofNanos(nanos.longValue());
        return rounded.compareTo(exact) == 0
                ? Scalar.of(value)
                : Scalar.saved(
                        value,
                        "%s has more than %d decimals; %s is used"
                                .formatted(text, decimals, rounded.toPlainString()));
    }

    /// A literal address.
    static Scalar<IpAddress> address(String text) {
        return IpAddress.parse(text)
                .map(Scalar::of)
                .orElseGet(() -> Scalar.refused("'" + text + "' is not an IP address"));
    }

    /// An address of one family.
    static Scalar<IpAddress> address(String text, Family family) {
        Scalar<IpAddress> read = address(text);
        return read.value().filter(address -> address.family() != family).isEmpty()
                ? read
                : Scalar.refused("'" + text + "' is not an " + name(family) + " address");
    }

    /// `ADDRESS[/LENGTH]`; without a length the prefix covers the address alone.
    static Scalar<IpPrefix> prefix(String text) {
        int slash = text.indexOf('/');
        Scalar<IpAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.value().isEmpty()) {
            return Scalar.refused(address.complaint().orElse(text));
        }
        IpAddress found = address.value().get();
        if (slash < 0) {
            return Scalar.of(IpPrefix.host(found));
        }
        Scalar<Long> length = integer(text.substring(slash + 1), 0, found.family().bits());
        return length.value().isPresent()
                ? Scalar.of(new IpPrefix(found, length.value().get().intValue()))
                : Scalar.refused(
                        "'%s' is not a prefix length of an %s address"
                                .formatted(text.substring(slash + 1), name(found.family())));
    }

    /// A port from 1 to 65535.
    static Scalar<Integer> port(String text) {
        Scalar<Long> number = integer(text, 1, PORT_MAX);
        return number.value().isPresent()
                ? Scalar.of(number.value().get().intValue())
                : Scalar.refused("'" + text + "' is not a port (1 to 65535)");
    }

    /// A name that an interface can have; whether there is one is another question.
    static Scalar<String> interfaceName(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > INTERFACE_NAME_BYTES_MAX) {
            return Scalar.refused(
                    "interface name '%s' is longer than %d letters"
                            .formatted(text, INTERFACE_NAME_BYTES_MAX));
        }
        boolean bad =
                text.isEmpty()
                        || text.equals(".")
                        || text.equals("..")
                        || text.chars().anyMatch(letter -> letter == '/' || letter <= ' ');
        return bad
                ? Scalar.refused("'" + text + "' cannot be the name of an interface")
                : Scalar.of(text);
    }

    /// A number with C's prefixes for its base; empty if it is none or does not fit.
    static Optional<Long> anyBase(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int base = 10;
        if (digits.length() > 2 && (digits.startsWith("0x") || digits.startsWith("0X"))) {
            base = 16;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            base = 8;
        }
        boolean signed = digits.startsWith("-") || digits.startsWith("+");
        return signed ? Optional.empty() : parse(negative ? "-" + digits : digits, base);
    }

    private static Optional<Long> parse(String digits, int base) {
        boolean ascii = digits.chars().allMatch(letter -> letter < 128);
        try {
            return ascii ? Optional.of(Long.parseLong(digits, base)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Scalar<Long> inRange(String text, Optional<Long> value, long min, long max) {
        return value.filter(number -> number >= min && number <= max)
                .map(Scalar::of)
                .orElseGet(
                        () ->
                                Scalar.refused(
                                        max == Long.MAX_VALUE
                                                ? "%s is less than %d".formatted(text, min)
                                                : "%s is not from %d to %d"
                                                        .formatted(text, min, max)));
    }

    private static <T> Scalar<T> notNumber(String text) {
        return Scalar.refused(
                LEADING_NUMBER.matcher(text).lookingAt()
                        ? "'" + text + "' has more than a number in it"
                        : "'" + text + "' is not a number");
    }

    private static Scalar<Duration> outside(
            String text, Duration unit, Duration min, Duration max) {
        return Scalar.refused(
                "%s is not from %s to %s".formatted(text, count(min, unit), count(max, unit)));
    }

    /// A time as a count of units, without needless zeros.
    private static String count(Duration time, Duration unit) {
        BigDecimal micros = BigDecimal.valueOf(time.toNanos() / 1000);
        BigDecimal unitMicros = BigDecimal.valueOf(unit.toNanos() / 1000);
        return micros.divide(unitMicros, 6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String name(Family family) {
        return switch (family) {
            case INET -> "IPv4";
            case INET6 -> "IPv6";
        };
    }
}
