package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No text makes the language throw, hang, or say one thing now and another on replay.
class LanguageFuzzTest {

    private static final int RUNS = Integer.getInteger("holdfast.fuzz", 10_000);
    private static final Preprocessor.Limits LIMITS = new Preprocessor.Limits(150, 20, 1_000);
    private static final Path GOLDEN = Path.of("src/test/resources/golden/language");

    /// Words that mean something; letters alone would seldom make one.
    private static final List<String> SPICE =
            List.of(
                    "{",
                    "}",
                    "\"",
                    "'",
                    "\\",
                    "\n",
                    "#",
                    "\\#",
                    "$A",
                    "${A}",
                    "$A=",
                    "$A= \\\n",
                    "$B=${A}${A}\n",
                    "${_RANDOM 1 6}",
                    "${_ENV X}",
                    "${_PWD}",
                    "@main ",
                    "@^main ",
                    "~SEQ(A, 1, 9) ",
                    "~SEQx(A,-1,0x7,99)",
                    "~LST({A,B},{1,2},{3}) ",
                    "~LST(A,1,2) ",
                    "include fuzz.conf\n",
                    "includea {a,b}*\n",
                    "\r\n",
                    "\0",
                    "global_defs {\n include_check -match\n}\n",
                    "~SEQ(A,1,4000000000)");

    @Test
    void everyTextIsReadToItsEnd() throws IOException {
        List<String> seeds = seeds();
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator random = new SplittableRandom(run);
            String text = run % 4 == 0 ? noise(random) : mutate(seeds, random);
            try {
                check(text, run);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + run, e);
            }
        }
    }

    private static void check(String text, int seed) {
        Reading reading = new Reading("fuzz.conf", "", "main", seed, seed % 2 == 0);
        Parsed parsed =
                Language.read(reading, reader(text), name -> Optional.of("$A \"\\"), LIMITS);
        assertTrue(parsed.diagnostics().size() <= Complaints.COUNT_MAX + 1, "seed " + seed);
        walk(parsed.root());
        if (seed % 16 == 1) {
            DiagnosticPrinter.print(parsed.diagnostics(), parsed.source());
            SourceBundle source = SourceBundle.decode(parsed.source().encode());
            Parsed again =
                    Language.read(
                            reading,
                            source.reader(),
                            name -> source.environment().getOrDefault(name, Optional.empty()),
                            LIMITS);
            assertEquals(parsed, again, "seed " + seed);
        }
    }

    private static void walk(List<Statement> statements) {
        for (Statement statement : statements) {
            Words.quoted(statement);
            Words.quotedEscaped(statement);
            statement.words().forEach(word -> Words.arguments(word.text()));
            statement.block().ifPresent(block -> walk(block.statements()));
        }
    }

    private static SourceReader reader(String text) {
        return new SourceReader() {
            @Override
            public Read read(String path) {
                return path.endsWith("fuzz.conf")
                        ? new Read.Text(text)
                        : new Read.Unreadable(true, "there is no such file");
            }

            @Override
            public List<String> match(String pattern, String directory) {
                return pattern.endsWith("fuzz.conf") ? List.of(pattern) : List.of();
            }
        };
    }

    private static String noise(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String mutate(List<String> seeds, RandomGenerator random) {
        StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int change = random.nextInt(1, 8); change > 0; change--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                default -> text.insert(at, SPICE.get(random.nextInt(SPICE.size())));
            }
        }
        return text.toString();
    }

    private static List<String> seeds() throws IOException {
        List<String> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".conf")).sorted().toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                seeds.add(text.substring(0, Math.min(text.length(), 1_500)));
            }
        }
        return seeds;
    }
}
