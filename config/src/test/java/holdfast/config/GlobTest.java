package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlobTest {

    @Test
    void bracesAreAlternatives() {
        assertEquals(List.of("a.conf"), Glob.alternatives("a.conf"));
        assertEquals(List.of("a1", "a2"), Glob.alternatives("a{1,2}"));
        assertEquals(
                List.of("foo/bar", "foo/catbar", "foo/dogbar"),
                Glob.alternatives("foo/{,cat,dog}bar"));
        assertEquals(List.of("a", "bc", "bd"), Glob.alternatives("{a,b{c,d}}"));
        assertEquals(List.of("a{b"), Glob.alternatives("a{b"));
    }

    @Test
    void manyAlternativesAreCutOff() {
        assertEquals(true, Glob.alternatives("{a,b}".repeat(40)).size() <= Glob.ALTERNATIVES_MAX);
    }
}
