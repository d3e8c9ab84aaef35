package holdfast.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clusters in bad weather. A failing seed is replayed by `tools/sim --seed N --trace`.
class ClusterTest {

    private static final int SEEDS = Integer.getInteger("holdfast.sim.seeds", 200);

    @Test
    void everyClusterKeepsTheLawsAndEveryLawAndMisfortuneIsTried() {
        Coverage coverage = new Coverage();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Scenario.run(Play.of(seed), coverage, false, _ -> {});
            } catch (Violation violation) {
                throw new AssertionError("seed " + seed, violation);
            }
        }
        List<String> untried = new ArrayList<>();
        for (Law law : Law.values()) {
            if (coverage.of(law) == 0 && law != Law.NO_ACCIDENT) {
                untried.add(law.name());
            }
        }
        for (Misfortune misfortune : Misfortune.values()) {
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
    void theProgramSaysWhatItRanAndHowToAskIt() throws InterruptedException {
        String good = output(0, "--seeds", "3", "--from", "5");
        assertTrue(good.startsWith("3 seeds from 5: good, "), good);
        assertTrue(output(2, "--seeds").startsWith("usage: "));
        assertTrue(output(0, "--seed", "5", "--trace").contains(" eth0 hears vrid "));
    }

    @Test
    void thePageAboutTheSimulatorNamesEveryLaw() throws IOException {
        String page = Files.readString(Path.of("../docs/simulation.md"));
        for (Law law : Law.values()) {
            String row = "| `%s` | %s |".formatted(law, law.sentence());
            assertTrue(page.contains(row), row);
        }
    }

    private static List<String> trace(long seed) {
        List<String> lines = new ArrayList<>();
        Scenario.run(Play.of(seed), new Coverage(), true, lines::add);
        return lines;
    }

    private static String output(int status, String... arguments) throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertEquals(status, Main.run(List.of(arguments), out));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
