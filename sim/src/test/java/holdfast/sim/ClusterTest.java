package holdfast.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clusters in bad weather. A failing seed is replayed by `Main --seed N --trace`.
class ClusterTest {

    private static final int SEEDS = Integer.getInteger("holdfast.sim.seeds", 1_000);

    @Test
    void everyClusterSettlesOnOneMasterForEachRouter() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Scenario.run(seed, false, _ -> {});
        }
    }

    @Test
    void aSeedAlwaysTellsTheSameStory() {
        assertEquals(trace(7), trace(7));
    }

    @Test
    void theProgramSaysWhatItRanAndHowToAskIt() {
        assertEquals("3 seeds from 5: good\n", output(0, "--seeds", "3", "--from", "5"));
        assertEquals(
                "usage: holdfast.sim.Main [--seeds N] [--from SEED] | --seed SEED [--trace]\n",
                output(2, "--seeds"));
    }

    private static List<String> trace(long seed) {
        List<String> lines = new ArrayList<>();
        Scenario.run(seed, true, lines::add);
        return lines;
    }

    private static String output(int status, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertEquals(status, Main.run(List.of(arguments), out));
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
