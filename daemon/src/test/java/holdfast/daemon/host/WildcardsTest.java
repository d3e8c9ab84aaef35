package holdfast.daemon.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {

    private final Path directory;

    WildcardsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({
        "*, abc, true",
        "a*c, abc, true",
        "a*c, abd, false",
        "*.conf, a.conf, true",
        "*.conf, a.confx, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "[a-c]x, bx, true",
        "[!a-c]x, bx, false",
        "[!a-c]x, dx, true",
        "a[, a[, true",
        "*a*b*c*, xxaxxbxxcxx, true",
        "*a*b*c*, xxaxxcxxbxx, false",
        "'', '', true",
        "\\*, *, true",
        "\\*, a, false",
    })
    void namesMatchAsInTheShell(String pattern, String name, boolean matches) {
        assertEquals(matches, Wildcards.matches(pattern, name));
    }

    @Test
    void everyComponentMayBeAPattern() throws Exception {
        for (String name : List.of("b/2.conf", "b/1.conf", "a/1.conf", "a/.h.conf", "a/x.txt")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "");
        }
        HostFiles files = new HostFiles();
        assertEquals(
                List.of("a/1.conf", "b/1.conf", "b/2.conf"),
                files.match("*/*.conf", directory.toString()));
        assertEquals(List.of("b/1.conf"), files.match("b/1.conf", directory.toString()));
        assertEquals(List.of(), files.match("b/7.conf", directory.toString()));
        assertEquals(
                List.of(directory + "/a/1.conf"),
                files.match(directory + "/[a]/?.conf", "/elsewhere"));
    }

    @Test
    void whatIsNoConfigurationIsNotRead() throws Exception {
        Path program = Files.writeString(directory.resolve("run"), "x");
        HostFiles files = new HostFiles();
        assertEquals("Text[text=x]", files.read(program.toString()).toString());
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertEquals(
                "Unreadable[missing=false, reason=it is executable, so it is no configuration]",
                files.read(program.toString()).toString());
        assertEquals(
                "Unreadable[missing=true, reason=no such file]",
                files.read(directory + "/none").toString());
        assertEquals(
                "Unreadable[missing=false, reason=it is a directory]",
                files.read(directory.toString()).toString());
    }
}
