package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.vrrp.ProcessPattern.Match;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which processes count, and how many of them there are.
class ProcessCensusTest {

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }

    private static ProcessPattern pattern(Match match, String text) {
        List<String> words = words(text);
        return new ProcessPattern(words.getFirst(), words.subList(1, words.size()), match);
    }

    private static TrackProcessSpec kind(String name, Match match, String text) {
        return new TrackProcessSpec(
                name,
                pattern(match, text),
                Weight.FAULT,
                1,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        // A name is what the kernel keeps, whatever the command line says.
        "NAME, sleep, sleep, /bin/sleep 10, true",
        "NAME, sleep, sleep, , true",
        "NAME, sleep, sleeper, sleep 10, false",
        "NAME, /usr/bin/sleep, sleep, sleep 10, true",
        "NAME, /usr/bin/sleep, slee, /usr/bin/sleep, false",
        "NAME, a-name-that-is-long, a-name-that-is-, a-name-that-is-long, true",
        "NAME, a-name-that-is-, a-name-that-is-, a-name-that-is-long, true",
        "NAME, a-name-that-is, a-name-that-is-, a-name-that-is-long, false",
        // The first word as it was given.
        "PROGRAM, sleep, sleep, sleep 10, true",
        "PROGRAM, sleep, sleep, sleep, true",
        "PROGRAM, sleep, sleep, /bin/sleep 10, false",
        "PROGRAM, sleep, sleep, , false",
        // All words.
        "EXACT, sleep 1001, sleep, sleep 1001, true",
        "EXACT, sleep 1001, sleep, sleep 1001 1, false",
        "EXACT, sleep 1001, sleep, /bin/sleep 1001, false",
        "EXACT, sleep 1001, sleep, sleep, false",
        "EXACT, sleep, sleep, sleep, true",
        "EXACT, sleep, sleep, sleep 1, false",
        // The first words.
        "LEADING, sleep 1001, sleep, sleep 1001, true",
        "LEADING, sleep 1001, sleep, sleep 1001 1, true",
        "LEADING, sleep 10, sleep, sleep 1001, false",
        "LEADING, sleep, sleep, sleep 1001, true",
        "LEADING, sleep 10 20, sleep, sleep 10, false",
        // The beginning of the last of them.
        "BEGINNING, sleep 10, sleep, sleep 1001 1, true",
        "BEGINNING, sleep 1 10, sleep, sleep 1 1001, true",
        "BEGINNING, sleep 1 10, sleep, sleep 11 1001, false",
        "BEGINNING, sleep 1 10, sleep, sleep 1, false",
        "BEGINNING, sleep, sleep, sleep 1001, true",
        "BEGINNING, slee 10, sleep, sleep 10, false",
    })
    void patternsMatch(Match match, String text, String name, String command, boolean matches) {
        assertEquals(matches, pattern(match, text).matches(name, words(command)));
    }

    @Test
    void childrenCountAsTheirParentsUntilTheyAreSomethingElse() {
        ProcessCensus census = new ProcessCensus(List.of(kind("web", Match.NAME, "nginx")));
        assertEquals(Map.of("web", 0), census.changes());
        census.seen(10, "nginx", List.of());
        census.forked(10, 11);
        census.forked(10, 12);
        census.forked(99, 98);
        assertEquals(Map.of("web", 3), census.changes());
        census.seen(11, "sh", List.of());
        census.renamed(12, "worker");
        assertEquals(Map.of("web", 1), census.changes());
        census.renamed(12, "nginx");
        census.ended(10);
        census.ended(10);
        census.ended(98);
        assertEquals(Map.of(), census.changes());
        census.ended(12);
        assertEquals(Map.of("web", 0), census.changes());
    }

    @Test
    void aNewNameChangesNoCommandLine() {
        ProcessCensus census =
                new ProcessCensus(
                        List.of(
                                kind("name", Match.NAME, "nginx"),
                                kind("line", Match.EXACT, "nginx -g")));
        census.seen(10, "nginx", List.of("nginx", "-g"));
        census.renamed(10, "other");
        assertEquals(Map.of("name", 0, "line", 1), census.changes());
    }

    @Test
    void aRepeatedCountIsNoNews() {
        ProcessCensus census = new ProcessCensus(List.of(kind("web", Match.NAME, "nginx")));
        census.seen(10, "nginx", List.of());
        census.seen(11, "nginx", List.of());
        census.changes();
        census.clear();
        census.seen(11, "nginx", List.of());
        census.seen(12, "nginx", List.of());
        assertEquals(Map.of(), census.changes());
    }
}
