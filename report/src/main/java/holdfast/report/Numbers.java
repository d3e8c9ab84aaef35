package holdfast.report;

import holdfast.vrrp.Role;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;

/// Times and states as dumps print them.
final class Numbers {

    private Numbers() {}

    /// Seconds with at most six significant digits and no idle zeros: `1`, `0.01`.
    static String seconds(Duration time) {
        BigDecimal seconds =
                BigDecimal.valueOf(time.getSeconds())
                        .add(BigDecimal.valueOf(time.getNano(), 9))
                        .round(new MathContext(6));
        return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
    }

    /// Seconds since 1970 with six decimals.
    static String epoch(Instant time) {
        String micros = Integer.toString(time.getNano() / 1000);
        return time.getEpochSecond() + "." + "0".repeat(6 - micros.length()) + micros;
    }

    /// The number by which SNMP, D-Bus and JSON know a state (VRRP specification, section 1).
    static int state(Role role) {
        return switch (role) {
            case INIT -> 0;
            case BACKUP -> 1;
            case MASTER -> 2;
            case FAULT -> 3;
            case DELETED -> 97;
            case STOP -> 98;
        };
    }
}
