package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `NAME.conf` must read as `NAME.expected` says. With `-Dgolden=update` the latter is written.
class LanguageGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/language");

    @TestFactory
    Stream<DynamicTest> everyFileReadsAsExpected() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(GOLDEN)) {
            files = all.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
        }
        assertEquals(true, files.size() > 15, "golden files are missing");
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(), () -> compare(file)));
    }

    private static void compare(Path file) throws IOException {
        String actual = print(read(file.getFileName().toString()));
        Path golden = Path.of(file.toString().replaceFirst("\\.conf$", ".expected"));
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(golden, actual, StandardCharsets.ISO_8859_1);
        }
        assertEquals(Files.readString(golden, StandardCharsets.ISO_8859_1), actual);
    }

    private static Parsed read(String name) {
        String path = DirectoryReader.PLACE + "/" + name;
        Reading reading = new Reading(path, "/", "main", 42, false);
        return Language.read(
                reading,
                new DirectoryReader(GOLDEN),
                variable -> variable.equals("HOME") ? Optional.of("/root") : Optional.empty(),
                Preprocessor.Limits.USUAL);
    }

    private static String print(Parsed parsed) {
        return TreePrinter.print(parsed.root(), parsed.source().reading().path())
                + "---\n"
                + DiagnosticPrinter.print(parsed.diagnostics(), parsed.source())
                + "---\nexit status "
                + ExitStatus.of(parsed.diagnostics())
                + "\n";
    }
}
