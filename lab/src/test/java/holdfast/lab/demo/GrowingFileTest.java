package holdfast.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {

    @Test
    void aLineCountsOnceItIsComplete(@TempDir Path directory) throws IOException {
        Path path = Files.createFile(directory.resolve("lines"));
        var file = new GrowingFile<>(path, Integer::parseInt);
        assertFalse(file.isBegun());
        append(path, "\n");
        assertTrue(file.isBegun());
        append(path, "1\n2\n3");
        assertEquals(List.of(1, 2), file.values());
        append(path, "4\n\n5\n");
        assertEquals(List.of(1, 2, 34, 5), file.values());
        assertEquals(List.of(1, 2, 34, 5), file.values());
    }

    private static void append(Path path, String text) throws IOException {
        Files.writeString(path, text, StandardOpenOption.APPEND);
    }
}
