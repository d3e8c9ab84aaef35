package holdfast.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.daemon.Level;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void linesArriveInOrderAndDetailOnlyWhenAskedFor() {
        try (Journal journal = Journal.start(List.of(entry -> lines.add(entry.text())), false)) {
            journal.log("x", Level.INFO, "one\ntwo");
            journal.log("x", Level.DEBUG, "hidden");
            journal.log("x", Level.ERROR, "three");
        }
        assertEquals(List.of("one", "two", "three"), lines);
    }

    @Test
    void aStuckSinkCostsLinesAndNeverTheCaller() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Sink slow =
                entry -> {
                    entered.countDown();
                    try {
                        stuck.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    lines.add(entry.text());
                };
        Journal journal = Journal.start(List.of(slow), true, 2);
        journal.log("x", Level.INFO, "0");
        entered.await();
        for (int i = 1; i <= 5; i++) {
            journal.log("x", Level.INFO, Integer.toString(i));
        }
        assertEquals(3, journal.dropped());
        stuck.countDown();
        journal.close();
        assertEquals(List.of("0", "1", "2"), lines.subList(0, 3));
        assertTrue(lines.get(3).startsWith("3 log lines were lost"), lines.toString());
    }

    @Test
    void datesAreWrittenAsEachReaderExpects() {
        Stamp stamp = Stamp.of(Instant.parse("2026-11-07T09:05:03.000000042Z"), ZoneOffset.UTC);
        assertEquals("Nov  7 09:05:03", stamp.syslog());
        assertEquals("Sat Nov  7 09:05:03 2026", stamp.console());
        assertEquals("Sat Nov  7 09:05:03.000000042 2026", stamp.file());
    }

    @Test
    void aStreamHasTheDateInFrontOfEachLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamSink.console(out, ZoneOffset.UTC)
                .write(new Entry(Instant.parse("2026-11-07T09:05:03Z"), "x", Level.INFO, "hello"));
        assertEquals("Sat Nov  7 09:05:03 2026: hello\n", out.toString(StandardCharsets.UTF_8));
    }
}
