package holdfast.daemon.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;

/// Dates as log lines begin with them, in local time.
final class Stamp {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private final LocalDateTime local;
    private final int nanos;

    private Stamp(LocalDateTime local, int nanos) {
        this.local = local;
        this.nanos = nanos;
    }

    static Stamp of(Instant time, ZoneId zone) {
        return new Stamp(LocalDateTime.ofInstant(time, zone), time.get(ChronoField.NANO_OF_SECOND));
    }

    /// `Nov  7 09:05:03`, as RFC 3164, section 4.1.2, wants it.
    String syslog() {
        return month() + " " + padded(local.getDayOfMonth(), 2, ' ') + " " + clock();
    }

    /// `Sat Nov  7 09:05:03 2026`.
    String console() {
        return day() + " " + syslog() + " " + local.getYear();
    }

    /// `Sat Nov  7 09:05:03.000000042 2026`.
    String file() {
        return day() + " " + syslog() + "." + padded(nanos, 9, '0') + " " + local.getYear();
    }

    private String day() {
        int at = (local.getDayOfWeek().getValue() - 1) * 3;
        return DAYS.substring(at, at + 3);
    }

    private String month() {
        int at = (local.getMonthValue() - 1) * 3;
        return MONTHS.substring(at, at + 3);
    }

    private String clock() {
        return padded(local.getHour(), 2, '0')
                + ":"
                + padded(local.getMinute(), 2, '0')
                + ":"
                + padded(local.getSecond(), 2, '0');
    }

    private static String padded(int number, int width, char with) {
        String digits = Integer.toString(number);
        return String.valueOf(with).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
