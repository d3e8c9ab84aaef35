package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    private long after(long ranSeconds) {
        return backoff.after(Duration.ofSeconds(ranSeconds)).toSeconds();
    }

    @Test
    void theWaitDoublesUpToAMinute() {
        assertEquals(
                List.of(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L),
                IntStream.range(0, 9).mapToObj(_ -> after(1)).toList());
    }

    @Test
    void whatRanForAMinuteIsStartedAtOnceAgain() {
        IntStream.range(0, 5).forEach(_ -> after(1));
        assertEquals(0, after(60));
        assertEquals(1, after(59));
    }
}
