package holdfast.daemon.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.HostFacts.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

    private static Path file(Path directory, String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("key" + permissions), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aFileSaysWhoMayReadIt(@TempDir Path directory) throws IOException {
        assertEquals(
                Optional.of(new KeyFile("abc\n", false)),
                KeyFiles.read(file(directory, "abc\n", "rw-------")));
        assertTrue(
                KeyFiles.read(file(directory, "abc", "rw-r-----"))
                        .orElseThrow()
                        .readableByOthers());
        assertTrue(
                KeyFiles.read(file(directory, "abc", "rw----r--"))
                        .orElseThrow()
                        .readableByOthers());
    }

    @Test
    void whatIsNoSmallFileIsNone(@TempDir Path directory) throws IOException {
        assertEquals(Optional.empty(), KeyFiles.read(directory));
        assertEquals(Optional.empty(), KeyFiles.read(directory.resolve("none")));
        assertEquals(
                Optional.empty(), KeyFiles.read(file(directory, "x".repeat(1025), "rw-------")));
    }

    @Test
    void whatIsInItIsNotPrinted() {
        assertFalse(new KeyFile("abc", false).toString().contains("abc"));
    }
}
