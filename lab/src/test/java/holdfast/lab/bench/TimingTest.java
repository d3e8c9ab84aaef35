package holdfast.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimingTest {

    private static final Instant ADVERT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theSecondVersionCountsTheSkewInPartsOfASecond() {
        var slow = new Timing(2, "3", 100);
        assertEquals(Duration.ofNanos(609_375_000), slow.skew());
        assertEquals(Duration.ofNanos(9_609_375_000L), slow.masterDown());
    }

    @Test
    void theThirdVersionCountsTheSkewInPartsOfTheInterval() {
        var fast = new Timing(3, "0.01", 100);
        assertEquals(Duration.ofMillis(10), fast.interval());
        assertEquals(Duration.ofNanos(6_093_750), fast.skew());
        assertEquals(Duration.ofNanos(36_093_750), fast.masterDown());
    }

    @Test
    void aPhaseComesAfterTheAdvertAndNotBeforeItIsWanted() {
        var tenth = new Timing(3, "0.1", 100);
        Duration phase = tenth.part(1, 4);
        assertEquals(at(25), tenth.phaseAfter(ADVERT, phase, ADVERT));
        assertEquals(at(125), tenth.phaseAfter(ADVERT, phase, at(60)));
        assertEquals(at(1025), tenth.phaseAfter(ADVERT, phase, at(1024)));
        assertEquals(at(1125), tenth.phaseAfter(ADVERT, phase, at(1025)));
    }

    private static Instant at(long millis) {
        return ADVERT.plusMillis(millis);
    }
}
