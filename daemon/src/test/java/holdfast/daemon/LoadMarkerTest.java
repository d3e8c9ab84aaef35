package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadMarkerTest {

    private final LoadMarker marker = new LoadMarker();

    @Test
    void itIsThereBetweenBeginningAndEnd(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("loading");
        marker.put(Optional.of(file));
        assertTrue(Files.exists(file));
        marker.remove();
        assertFalse(Files.exists(file));
        marker.remove();
    }

    @Test
    void anotherPlaceLeavesNothingBehind(@TempDir Path directory) throws Exception {
        marker.put(Optional.of(directory.resolve("one")));
        marker.put(Optional.of(directory.resolve("two")));
        assertFalse(Files.exists(directory.resolve("one")));
        marker.put(Optional.empty());
        assertFalse(Files.exists(directory.resolve("two")));
    }

    @Test
    void aLinkIsNotFollowed(@TempDir Path directory) throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "keep");
        Path link = Files.createSymbolicLink(directory.resolve("link"), victim);
        assertThrows(IOException.class, () -> marker.put(Optional.of(link)));
        assertEquals("keep", Files.readString(victim));
    }
}
