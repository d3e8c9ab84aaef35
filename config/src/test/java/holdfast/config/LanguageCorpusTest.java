package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Configurations as people write them: as texts, only those are wrong that shall be.
class LanguageCorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus");

    /// Files whose mistake is one of the language, not of a keyword.
    private static final Set<String> WRONG =
            Set.of(
                    "invalid-checker-missing-close.conf",
                    "invalid-double-open.conf",
                    "invalid-huge-line.conf",
                    "invalid-include-missing.conf",
                    "invalid-missing-close.conf",
                    "invalid-missing-inner-close.conf",
                    "invalid-seq-unterminated.conf",
                    "invalid-unterminated-quote.conf",
                    "invalid-vs-missing-close.conf",
                    "valid-var-undefined.conf");

    @Test
    void onlyBrokenTextsAreComplainedAbout() throws IOException {
        TreeMap<String, Integer> status = new TreeMap<>();
        TreeMap<String, Integer> expected = new TreeMap<>();
        for (String name : names()) {
            Parsed parsed = read(name);
            assertEquals(true, parsed.found(), name);
            assertEquals(parsed, Language.replay(parsed.source()), name);
            status.put(name, ExitStatus.of(parsed.diagnostics()));
            boolean include = name.equals("invalid-include-missing.conf");
            expected.put(name, !WRONG.contains(name) ? 0 : include ? 6 : 5);
        }
        assertEquals(expected, status);
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .toList();
        }
    }

    private static Parsed read(String name) {
        return Language.read(
                new Reading(DirectoryReader.PLACE + "/" + name, "/", "main", 1, false),
                new DirectoryReader(CORPUS),
                _ -> Optional.empty(),
                Preprocessor.Limits.USUAL);
    }
}
