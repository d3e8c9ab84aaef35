package holdfast.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void percentilesAreMeasuredValuesOfTheNearestRank() {
        var hundred = Sample.of(IntStream.rangeClosed(1, 100).boxed().toList().reversed());
        assertEquals(50, hundred.median());
        assertEquals(99, hundred.percentile(99));
        assertEquals(100, hundred.percentile(99.5));
        assertEquals(100, hundred.percentile(100));
        assertEquals(1, hundred.percentile(0.1));
        assertEquals(100, hundred.max());
    }

    @Test
    void theMedianOfAnEvenNumberIsTheLowerOfTheTwoInTheMiddle() {
        assertEquals(2, Sample.of(List.of(4, 1, 3, 2)).median());
        assertEquals(2, Sample.of(List.of(3, 1, 2)).median());
        assertEquals(7, Sample.of(List.of(7)).percentile(1));
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Sample.of(List.<Integer>of()));
        assertThrows(IllegalArgumentException.class, () -> Sample.of(List.of(1)).percentile(0));
        assertThrows(IllegalArgumentException.class, () -> Sample.of(List.of(1)).percentile(101));
    }
}
