package holdfast.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is read from the kernel and from programs, and what is made of it.
class ReadingsTest {

    @Test
    void computingTimeIsFoundBehindANameWithBlanksAndBrackets() {
        String stat = "4711 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 1 0 99";
        assertEquals(Duration.ofSeconds(3), Usage.cpu(stat));
    }

    @Test
    void memoryIsFoundByItsName() {
        String rollup =
                "00400000-7ffe [rollup]\nRss:     1000 kB\nPss:      10 kB\nPss_Anon: 5 kB\n";
        assertEquals(1_024_000, Usage.bytes(rollup, "Rss:"));
        assertEquals(10_240, Usage.bytes(rollup, "Pss:"));
    }

    @Test
    void theGroupOfVrrpIsKnownByItsNumber() {
        String silent =
                """
                Idx	Device    : Count Querier	Group    Users Timer	Reporter
                2	eth0      :     1      V3
                				010000E0     1 0:00000000		0
                """;
        assertFalse(Membership.names(silent));
        assertTrue(Membership.names(silent + "\t\t\t\t120000E0     1 0:00000000\t\t0\n"));
    }

    @Test
    void aStampIsALineOfItsOwn() {
        assertEquals(Optional.empty(), Stamp.first("exec-at 12"));
        assertEquals(
                List.of(Instant.ofEpochSecond(12, 345_678_000), Instant.ofEpochSecond(13, 1000)),
                Stamp.in("exec-at 12.345678\nnoise\nexec-at 13,000001\n"));
    }

    @Test
    void gapsAreCountedForEachInstanceByItself() {
        List<Advert> adverts =
                List.of(
                        advert(0, 1),
                        advert(50, 2),
                        advert(103, 1),
                        advert(148, 2),
                        advert(203, 1));
        assertEquals(
                List.of(Duration.ofMillis(3), Duration.ofMillis(2), Duration.ZERO),
                Gaps.deviations(adverts, Duration.ofMillis(100)));
    }

    @Test
    void aVersionIsTheFirstNumberWithDots() {
        assertEquals("6.1.2", Machine.version("Keepalived v6.1.2 (01/16,2022)"));
        assertEquals("none", Machine.version("none\n"));
    }

    private static Advert advert(long millis, int vrid) {
        return new Advert(Instant.EPOCH.plusMillis(millis), "10.0.0.1", vrid);
    }
}
