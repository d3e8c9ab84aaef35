package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds our verdict on each file of the corpus against the recorded one.
class CorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus");

    @Test
    void verdictsDifferOnlyWhereItIsWrittenDown() throws IOException {
        StringBuilder differences = new StringBuilder();
        StringBuilder reasons = new StringBuilder();
        for (Map.Entry<String, Integer> file : recorded().entrySet()) {
            Loaded loaded = Configurations.load(CORPUS, file.getKey());
            if (loaded.exitStatus() != file.getValue()) {
                differences.append(
                        "%s ours %d recorded %d%n"
                                .formatted(file.getKey(), loaded.exitStatus(), file.getValue()));
                loaded.diagnostics().forEach(one -> reasons.append("  ").append(one).append('\n'));
            }
        }
        assertEquals(written(), differences.toString(), reasons::toString);
    }

    /// The lines of the list without their reasons.
    private static String written() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(CORPUS.resolveSibling("corpus-differences.txt"))) {
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith(" ")) {
                lines.append(line).append('\n');
            }
        }
        return lines.toString();
    }

    private static Map<String, Integer> recorded() throws IOException {
        Matcher verdict =
                Pattern.compile("\"([^\"]+\\.conf)\": \\{\\s*\"rc\": (\\d+)")
                        .matcher(Files.readString(CORPUS.resolve("expected.json")));
        Map<String, Integer> recorded = new TreeMap<>();
        while (verdict.find()) {
            recorded.put(verdict.group(1), Integer.valueOf(verdict.group(2)));
        }
        return recorded;
    }
}
