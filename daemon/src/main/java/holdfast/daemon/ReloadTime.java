package holdfast.daemon;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the first line of the file of `reload_time_file` says (runtime specification, section 13):
/// `HH:MM:SS`, or that behind `YY-MM-DD` or `YYYY-MM-DD`, in local time, or in UTC with a `Z`.
sealed interface ReloadTime {

    /// A time to come.
    ///
    /// @param daily whether only the time of day was said
    record At(ZonedDateTime time, boolean daily) implements ReloadTime {}

    /// A date and time that is over.
    record Past(ZonedDateTime time) implements ReloadTime {}

    /// It is no time.
    record Nonsense(String text) implements ReloadTime {}

    Pattern FORM =
            Pattern.compile(
                    "(?:(\\d{2}|\\d{4})-(\\d{1,2})-(\\d{1,2})\\s+)?"
                            + "(\\d{1,2}):(\\d{2}):(\\d{2})\\s*(Z?)");

    static ReloadTime parse(String line, ZonedDateTime now) {
        Matcher form = FORM.matcher(line.strip());
        if (!form.matches()) {
            return new Nonsense(line.strip());
        }
        ZoneId zone = form.group(7).isEmpty() ? now.getZone() : ZoneOffset.UTC;
        ZonedDateTime here = now.withZoneSameInstant(zone);
        try {
            LocalTime time = LocalTime.of(number(form, 4), number(form, 5), number(form, 6));
            if (form.group(1) == null) {
                ZonedDateTime today = ZonedDateTime.of(here.toLocalDate(), time, zone);
                ZonedDateTime tomorrow =
                        ZonedDateTime.of(here.toLocalDate().plusDays(1), time, zone);
                return new At(today.isAfter(here) ? today : tomorrow, true);
            }
            int year = number(form, 1);
            LocalDate date =
                    LocalDate.of(year < 100 ? year + 2000 : year, number(form, 2), number(form, 3));
            ZonedDateTime then = ZonedDateTime.of(date, time, zone);
            return then.isAfter(here) ? new At(then, false) : new Past(then);
        } catch (DateTimeException ignored) {
            return new Nonsense(line.strip());
        }
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
