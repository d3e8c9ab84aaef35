package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import holdfast.vrrp.TrackFileSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitFilesTest {

    private final List<String> log = new ArrayList<>();

    private void write(Path file, TrackFileSpec.Init init) {
        InitFiles.write(
                List.of(new TrackFileSpec("f", file.toString(), Optional.of(init))),
                (_, text) -> log.add(text));
    }

    @Test
    void aNewFileGetsItsNumber(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("f");
        write(file, new TrackFileSpec.Init(-20, false));
        assertEquals("-20\n", Files.readString(file));
        assertEquals(List.of(), log);
    }

    @Test
    void aFileThatIsThereKeepsItsOwnUnlessToldOtherwise(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("f"), "7 and a long comment");
        write(file, new TrackFileSpec.Init(5, false));
        assertEquals("7 and a long comment", Files.readString(file));
        write(file, new TrackFileSpec.Init(5, true));
        assertEquals("5\n", Files.readString(file));
        assertEquals(List.of(), log);
    }

    @Test
    void whatALinkLeadsToIsNotOverwritten(@TempDir Path directory) throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("f"), other);
        write(link, new TrackFileSpec.Init(5, true));
        assertEquals("precious", Files.readString(other));
        assertEquals(1, log.size(), log.toString());
    }

    @Test
    void whatCannotBeWrittenIsSaid(@TempDir Path directory) {
        Path file = directory.resolve("none").resolve("f");
        write(file, new TrackFileSpec.Init(5, true));
        assertFalse(Files.exists(file));
        assertEquals(1, log.size(), log.toString());
    }
}
