package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExitStatusTest {

    @Test
    void theGravestKindDecides() {
        assertEquals(0, status());
        assertEquals(0, status(ErrorClass.NOTE));
        assertEquals(4, status(ErrorClass.BAD_INTERFACE, ErrorClass.NOTE));
        assertEquals(5, status(ErrorClass.BAD_INTERFACE, ErrorClass.GENERAL));
        assertEquals(5, status(ErrorClass.WARNING));
        assertEquals(5, status(ErrorClass.DEPRECATED));
        assertEquals(6, status(ErrorClass.SECURITY, ErrorClass.GENERAL));
        assertEquals(6, status(ErrorClass.INCLUDE));
        assertEquals(2, status(ErrorClass.SECURITY, ErrorClass.MISSING_PARAMETER));
    }

    @Test
    void withoutATopFileStrictnessDecides() {
        assertEquals(0, ExitStatus.of(readMissing(false).diagnostics()));
        assertEquals(4, ExitStatus.of(readMissing(true).diagnostics()));
        assertEquals(false, readMissing(true).found());
    }

    private static int status(ErrorClass... kinds) {
        Diagnostic.Span at = new Diagnostic.Span("test.conf", 1, 1);
        return ExitStatus.of(Stream.of(kinds).map(kind -> Diagnostic.of(kind, at, "")).toList());
    }

    private static Parsed readMissing(boolean strict) {
        return Language.read(
                new Reading("/conf/missing.conf", "/", "main", 1, strict),
                new DirectoryReader(Path.of("src/test/resources/golden/language")),
                _ -> Optional.empty(),
                Preprocessor.Limits.USUAL);
    }
}
