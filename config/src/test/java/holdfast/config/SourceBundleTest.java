package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceBundleTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/language");

    @Test
    void theSameTextIsReadAgainFromTheBundle() {
        for (String name :
                List.of("includes.conf", "include-check.conf", "predefined.conf", "no.conf")) {
            Parsed first = read(name, 7);
            SourceBundle carried = SourceBundle.decode(first.source().encode());
            assertEquals(first.source(), carried);
            assertEquals(first, Language.replay(carried));
        }
    }

    @Test
    void anotherSeedThrowsOtherDice() {
        assertEquals(read("predefined.conf", 7).root(), read("predefined.conf", 7).root());
        assertEquals(
                false, read("predefined.conf", 7).root().equals(read("predefined.conf", 8).root()));
    }

    @Test
    void theSameTextIsTheSameBundleUnlessDiceAreThrown() {
        assertEquals(read("includes.conf", 7).source(), read("includes.conf", 8).source());
        assertEquals(
                false,
                read("predefined.conf", 7).source().equals(read("predefined.conf", 8).source()));
    }

    @Test
    void damagedBundlesAreRefused() {
        byte[] whole = read("includes.conf", 1).source().encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(IllegalArgumentException.class, () -> SourceBundle.decode(part));
        }
    }

    @Test
    void linesAreFoundAgain() {
        SourceBundle source = read("includes.conf", 1).source();
        assertEquals(Optional.of("include parts/sub/*.inc"), source.line("/conf/includes.conf", 2));
        assertEquals(Optional.empty(), source.line("/conf/includes.conf", 99));
        assertEquals(Optional.empty(), source.line("/conf/other.conf", 1));
    }

    private static Parsed read(String name, long seed) {
        return Language.read(
                new Reading("/conf/" + name, "/", "main", seed, false),
                new DirectoryReader(GOLDEN),
                variable -> variable.equals("HOME") ? Optional.of("/root") : Optional.empty(),
                Preprocessor.Limits.USUAL);
    }
}
