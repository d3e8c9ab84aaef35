package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Damaged configurations are complained about, and never break the reader: whatever is bound is
/// valid by construction, or it would have thrown.
class BinderFuzzTest {

    private static final int ROUNDS = Integer.getInteger("holdfast.fuzz", 500);
    private static final long SEED = Long.getLong("holdfast.seed", 1);

    private static final List<String> WORDS =
            List.of(
                    "",
                    "0",
                    "-1",
                    "1",
                    "255",
                    "256",
                    "65536",
                    "4294967296",
                    "0.001",
                    "1.5",
                    "x",
                    "{",
                    "}",
                    "10.9.0.1",
                    "10.9.0.1/33",
                    "fd09::1",
                    "fd09::1/64",
                    "ff02::12",
                    "224.0.0.5",
                    "on",
                    "off",
                    "eth0",
                    "eth9",
                    "root",
                    "/usr/bin/true",
                    "\"a b\"",
                    "\"",
                    "weight",
                    "reverse",
                    "fwmark",
                    "group",
                    "10.9.0.1-7",
                    "10.9.0.0/8");

    @Test
    void damagedConfigurationsAreRead() throws IOException {
        List<String> texts = texts();
        List<String> words = new ArrayList<>(WORDS);
        KeywordTable table = KeywordTable.load();
        table.paths().forEach(path -> table.of(path).forEach(row -> words.add(row.name())));
        for (long round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED * 1_000_003 + round);
            String text = damaged(texts.get(random.nextInt(texts.size())), words, random);
            try {
                Loaded loaded = Configurations.load(text);
                boolean silent = loaded.diagnostics().isEmpty();
                assertEquals(silent, silent && loaded.exitStatus() == ExitStatus.CLEAN);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + SEED + " round " + round + "\n" + text, e);
            }
        }
    }

    private static String damaged(String text, List<String> words, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = random.nextInt(4); i >= 0 && !lines.isEmpty(); i--) {
            int at = random.nextInt(lines.size());
            String word = words.get(random.nextInt(words.size()));
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.add(at, word + " " + words.get(random.nextInt(words.size())));
                case 3 -> lines.set(at, lines.get(at) + " " + word);
                default -> lines.set(at, replaced(lines.get(at), word, random));
            }
        }
        return String.join("\n", lines);
    }

    private static String replaced(String line, String word, Random random) {
        String[] parts = line.strip().split(" ", -1);
        parts[random.nextInt(parts.length)] = word;
        return String.join(" ", parts);
    }

    /// The corpus without its longest files, which take time and show nothing new.
    private static List<String> texts() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources"))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".conf")).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (text.length() < 4_000) {
                    texts.add(text);
                }
            }
            texts.sort(String::compareTo);
            return texts;
        }
    }
}
