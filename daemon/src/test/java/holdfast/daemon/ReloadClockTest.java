package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.HouseSpec.ReloadSpec;
import holdfast.linux.EventLoop;
import holdfast.time.MonoTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadClockTest {

    /// A wall clock that is set by hand.
    private static final class Wall extends Clock {
        private Instant time = Instant.parse("2026-10-24T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time;
        }
    }

    private final Wall wall = new Wall();
    private final List<String> log = new ArrayList<>();
    private final Path file;
    private final EventLoop loop;
    private final ReloadClock clock;

    /// Ends each turn soon, whether something happened or not.
    private MonoTime wake = MonoTime.NEVER;

    ReloadClockTest(@TempDir Path directory) throws Exception {
        file = directory.resolve("when");
        loop =
                new EventLoop(
                        new EventLoop.Ticker() {
                            @Override
                            public MonoTime deadline() {
                                return wake;
                            }

                            @Override
                            public void onDeadline(MonoTime now) {
                                wake = MonoTime.NEVER;
                            }
                        });
        clock = new ReloadClock(loop, wall, (_, text) -> log.add(text));
    }

    @AfterEach
    void close() {
        clock.close();
        loop.close();
    }

    private void become(boolean repeat) {
        clock.become(
                EventLoop.clock(),
                new ReloadSpec(
                        Optional.empty(),
                        Optional.of(file.toString()),
                        repeat,
                        Optional.empty(),
                        false));
    }

    /// Serves what the kernel says of files, until this is logged.
    private void said(String text) throws Exception {
        long until = System.nanoTime() + 20_000_000_000L;
        while (log.stream().noneMatch(line -> line.contains(text))) {
            assertTrue(System.nanoTime() < until, () -> "not said: " + text + "; " + log);
            wake = EventLoop.clock().plus(Duration.ofMillis(50));
            loop.turn();
        }
        log.clear();
    }

    private boolean isDueAt(String time) {
        wall.time = Instant.parse(time);
        return clock.isDue(clock.deadline());
    }

    @Test
    void aTimeThatIsWrittenLaterIsFollowedAndTheFileIsUsedUp() throws Exception {
        become(false);
        assertEquals(MonoTime.NEVER, clock.deadline());
        Files.writeString(file, "2026-10-24 12:10:00\n");
        said("scheduled for 2026-10-24T12:10");
        Files.writeString(file, "12:20:00\n");
        said("scheduled for 2026-10-24T12:20");
        assertFalse(isDueAt("2026-10-24T12:10:00Z"));
        assertFalse(isDueAt("2026-10-24T12:19:59Z"));
        assertTrue(isDueAt("2026-10-24T12:20:00Z"));
        assertFalse(Files.exists(file));
        assertEquals(MonoTime.NEVER, clock.deadline());
    }

    @Test
    void removalCancelsAndAFileMovedThereCounts() throws Exception {
        Files.writeString(file, "12:20:00");
        become(false);
        said("scheduled");
        Files.delete(file);
        said("cancelled");
        assertEquals(MonoTime.NEVER, clock.deadline());
        Path beside = Files.writeString(file.resolveSibling("beside"), "12:30:00");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        said("scheduled for 2026-10-24T12:30");
    }

    @Test
    void aTimeOfDayMayReturn() throws Exception {
        Files.writeString(file, "12:20:00");
        become(true);
        said("scheduled for 2026-10-24T12:20");
        assertTrue(isDueAt("2026-10-24T12:20:00Z"));
        said("scheduled for 2026-10-25T12:20");
        assertTrue(Files.exists(file));
        assertFalse(isDueAt("2026-10-24T12:20:01Z"));
        assertTrue(isDueAt("2026-10-25T12:20:00Z"));
    }

    @Test
    void aDateDoesNotReturn() throws Exception {
        Files.writeString(file, "2026-10-24 12:20:00");
        become(true);
        assertTrue(isDueAt("2026-10-24T12:20:00Z"));
        assertFalse(Files.exists(file));
    }

    @Test
    void theAlarmFollowsTheWallClock() throws Exception {
        Files.writeString(file, "23:00:00");
        become(false);
        MonoTime first = clock.deadline();
        assertTrue(first.since(EventLoop.clock()).compareTo(Duration.ofSeconds(30)) <= 0);
        assertFalse(isDueAt("2026-10-24T12:00:30Z"));
        assertTrue(isDueAt("2026-10-24T23:00:01Z")); // Somebody set the clock.
    }

    @Test
    void whatIsOverOrNoTimeIsSaidAndIgnored() throws Exception {
        Files.writeString(file, "2020-01-01 00:00:00");
        become(false);
        said("is over");
        Files.writeString(file, "soon");
        said("'soon' is not a time");
        assertEquals(MonoTime.NEVER, clock.deadline());
    }
}
