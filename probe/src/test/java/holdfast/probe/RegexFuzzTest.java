package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.probe.Regex.Answer;
import holdfast.probe.Regex.Effort;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Random patterns: those that Java understands in the same way find the same, and none is too much
/// for anybody.
class RegexFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);

    private static final String[] ATOMS = {
        "a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d", "\\b", "^", "$", "\\1", "(?=a)", "(?!b)",
        "(?<=a)", "(?<!b)", "\\A", "\\z"
    };
    private static final String[] COUNTS = {"", "", "", "*", "+", "?", "{2}", "{1,2}", "*?", "+?"};

    private static final Effort LITTLE = new Effort(20_000, 64 << 10);

    @Test
    void javaFindsTheSame() {
        RandomGenerator seeds = random(3);
        int compared = 0;
        for (int i = 0; i < INPUTS; i++) {
            long seed = seeds.nextLong();
            RandomGenerator random = random(seed);
            String pattern = "(" + pattern(random, 2) + ")" + pattern(random, 3);
            String text = text(random);
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            // In an empty text Java finds no beginning of a line.
            boolean lines = random.nextBoolean() && !text.isEmpty();
            Answer answer =
                    Regex.of(pattern, lines ? EnumSet.of(RegexOption.MULTILINE) : Set.of())
                            .search(octets, true, 0, octets.length, LITTLE);
            if (answer != Answer.EXHAUSTED) {
                int flags = Pattern.UNIX_LINES | (lines ? Pattern.MULTILINE : 0);
                boolean found = Pattern.compile(pattern, flags).matcher(text).find();
                String what = "seed %d: %s in %s".formatted(seed, pattern, text);
                assertEquals(found ? Answer.FOUND : Answer.NOT_FOUND, answer, what);
                compared++;
            }
        }
        assertTrue(compared > INPUTS / 2, compared + " compared");
    }

    @Test
    void whateverIsWrittenIsReadOrRefused() {
        String letters = "ab()[]{}|*+?^$.\\-,:=!<>'#&1239PQERxpugkdwsbGKNCimsxUJn \n";
        RandomGenerator seeds = random(4);
        for (int i = 0; i < INPUTS; i++) {
            long seed = seeds.nextLong();
            RandomGenerator random = random(seed);
            StringBuilder pattern = new StringBuilder();
            for (int count = random.nextInt(30); count > 0; count--) {
                pattern.append(letters.charAt(random.nextInt(letters.length())));
            }
            Set<RegexOption> options = EnumSet.noneOf(RegexOption.class);
            for (RegexOption option : RegexOption.values()) {
                if (random.nextInt(6) == 0) {
                    options.add(option);
                }
            }
            try {
                if (Regex.complaint(pattern.toString(), options).isEmpty()) {
                    byte[] text = new byte[random.nextInt(20)];
                    random.nextBytes(text);
                    Regex.of(pattern.toString(), options)
                            .search(text, random.nextBoolean(), random.nextInt(5), 30, LITTLE);
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "seed %d: %s with %s".formatted(seed, pattern, options), e);
            }
        }
    }

    private static String pattern(RandomGenerator random, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int parts = random.nextInt(1, 4); parts > 0; parts--) {
            if (depth > 0 && random.nextInt(3) == 0) {
                pattern.append(random.nextBoolean() ? "(?:" : "(?>");
                pattern.append(pattern(random, depth - 1));
                pattern.append(random.nextBoolean() ? "|" + pattern(random, depth - 1) : "");
                // Java gives up groups that matched nothing, where PCRE2 tries them once more.
                String count = one(random, COUNTS);
                pattern.append(')').append(count.startsWith("{") ? "" : count);
            } else {
                String atom = one(random, ATOMS);
                // Java and PCRE2 may take counted places for different things.
                boolean counted = !atom.startsWith("(") && !"^$\\b\\A\\z".contains(atom);
                pattern.append(atom).append(counted ? one(random, COUNTS) : "");
            }
        }
        return pattern.toString();
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(12); count > 0; count--) {
            text.append("aabbc1 \n".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private static String one(RandomGenerator random, String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
