package holdfast.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How figures become a page.
class PageTest {

    private static final Figure SLOW =
            Figure.time("start", Duration.ofMillis(30), Duration.ofMillis(20));

    @Test
    void aFigureHasItsRatioAndItsTarget() {
        assertEquals(
                "| start | 30.0 ms | 20.0 ms | 1.50 | at most 30.0 ms: met |",
                SLOW.atMost(30).row());
        assertEquals(
                "| start | 30.0 ms | 20.0 ms | 1.50 | at most keepalived's + 5.0 ms: **missed** |",
                SLOW.aboveTheirsAtMost(5).row());
        assertEquals("| errors | 2 | 0 | – |  |", Figure.count("errors", 2, 0).row());
        assertEquals(
                "| rss | 60.0 MB | 6.0 MB | 10.00 |  |",
                Figure.memory("rss", 60_000_000, 6_000_000).row());
    }

    @Test
    void aSectionKnowsWhatWasMissed() {
        var section =
                new Section("Start", "How.\n", List.of(SLOW, SLOW.atMost(30), SLOW.atMost(1)));
        assertEquals(List.of(SLOW.atMost(1)), section.missed());
        assertEquals(
                """
                ## Start

                How.

                Today.

                | Figure | Holdfast | keepalived | Ratio | Target |
                |---|---:|---:|---:|---|
                | start | 30.0 ms | 20.0 ms | 1.50 |  |
                | start | 30.0 ms | 20.0 ms | 1.50 | at most 30.0 ms: met |
                | start | 30.0 ms | 20.0 ms | 1.50 | at most 1.0 ms: **missed** |
                """,
                section.markdown("Today."));
    }

    @Test
    void aPageKeepsTheSectionsThatWereNotMeasuredAndTheirOrder() {
        List<String> titles = List.of("A", "B", "C");
        String first = Document.update("", "# Page\n\nOld.", titles, List.of("## C\n\nold c\n"));
        String second = Document.update(first, "# Page", titles, List.of("## B\n\nb\n"));
        assertEquals("# Page\n\n## B\n\nb\n\n## C\n\nold c\n", second);
        assertEquals(
                "# Page\n\n## B\n\nb\n\n## C\n\nnew c\n",
                Document.update(second, "# Page", titles, List.of("## C\n\nnew c\n")));
    }

    @Test
    void runsGoByTurnsAndTheFirstOfATurnChanges() {
        var order = new StringBuilder();
        Both<Duration> both =
                Both.byTurns(
                        3,
                        (software, run) -> {
                            order.append(software.name().charAt(0));
                            return Duration.ofMillis(run);
                        });
        assertEquals("HKKHHK", order.toString());
        assertEquals("| x | 1.0 ms | 1.0 ms | 1.00 |  |", both.medianTime("x", each -> each).row());
        assertEquals("| x | 2.0 ms | 2.0 ms | 1.00 |  |", both.worstTime("x", each -> each).row());
        assertEquals("| x | 6 | 6 | 1.00 |  |", both.sum("x", _ -> 2L).row());
    }
}
