package holdfast.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// BFD sessions in bad weather. A failing seed is replayed by `tools/sim --bfd --seed N --trace`.
class SessionStoryTest {

    private static final int SEEDS = Integer.getInteger("holdfast.sim.seeds", 500);

    @Test
    void everySessionKeepsTheLawsAndEveryLawAndMisfortuneIsTried() {
        Coverage coverage = new Coverage();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Kind.SESSIONS.run(Play.of(seed), coverage, false, _ -> {});
            } catch (Violation violation) {
                throw new AssertionError("seed " + seed, violation);
            }
        }
        List<String> untried = new ArrayList<>();
        for (Rule law : Kind.SESSIONS.rules()) {
            if (coverage.of(law) == 0 && !law.name().equals("NO_ACCIDENT")) {
                untried.add(law.name());
            }
        }
        for (Enum<?> misfortune : Kind.SESSIONS.misfortunes()) {
            if (coverage.of(misfortune) == 0) {
                untried.add(misfortune.name());
            }
        }
        assertEquals(List.of(), untried);
    }

    @Test
    void aSeedAlwaysTellsTheSameStory() {
        assertEquals(trace(7), trace(7));
    }

    @Test
    void thePageAboutTheSimulatorNamesEveryLaw() throws IOException {
        String page = Files.readString(Path.of("../docs/simulation.md"));
        for (Rule law : Kind.SESSIONS.rules()) {
            String row = "| `%s` | %s |".formatted(law.name(), law.sentence());
            assertTrue(page.contains(row), row);
        }
    }

    private static List<String> trace(long seed) {
        List<String> lines = new ArrayList<>();
        Kind.SESSIONS.run(Play.of(seed), new Coverage(), true, lines::add);
        return lines;
    }
}
