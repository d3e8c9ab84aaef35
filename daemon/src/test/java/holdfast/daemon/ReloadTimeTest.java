package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadTimeTest {

    private static final ZonedDateTime NOW =
            ZonedDateTime.parse("2026-10-24T12:00:00+02:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource({
        "'12:00:01',             daily 2026-10-24T12:00:01+02:00[Europe/Berlin]",
        "' 23:59:59 ',           daily 2026-10-24T23:59:59+02:00[Europe/Berlin]",
        "'12:00:00',             daily 2026-10-25T12:00+01:00[Europe/Berlin]",
        "'9:00:00',              daily 2026-10-25T09:00+01:00[Europe/Berlin]",
        "'10:00:01Z',            daily 2026-10-24T10:00:01Z",
        "'09:59:59Z',            daily 2026-10-25T09:59:59Z",
        "'26-10-24 12:00:01',    once 2026-10-24T12:00:01+02:00[Europe/Berlin]",
        "'2026-10-24 12:00:01',  once 2026-10-24T12:00:01+02:00[Europe/Berlin]",
        "'2027-1-2  03:04:05Z',  once 2027-01-02T03:04:05Z",
        "'2026-10-24 12:00:00',  past",
        "'99-01-01 00:00:00',    once 2099-01-01T00:00+01:00[Europe/Berlin]",
        "'2025-01-01 00:00:00',  past",
        "'2026-02-30 00:00:00',  nonsense",
        "'24:00:00',             nonsense",
        "'12:00',                nonsense",
        "'12:00:00 PM',          nonsense",
        "'202-10-24 12:00:00',   nonsense",
        "'',                     nonsense",
    })
    void aLineIsATimeOrNot(String line, String expected) {
        String read =
                switch (ReloadTime.parse(line, NOW)) {
                    case ReloadTime.At(var time, boolean daily) ->
                            (daily ? "daily " : "once ") + time;
                    case ReloadTime.Past _ -> "past";
                    case ReloadTime.Nonsense _ -> "nonsense";
                };
        assertEquals(expected, read);
    }
}
