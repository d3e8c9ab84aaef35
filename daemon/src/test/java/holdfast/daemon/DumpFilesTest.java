package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.HouseSpec.DumpSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpFilesTest {

    private final Path directory;

    DumpFilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private DumpFiles files(boolean withInstance, String named) throws Exception {
        Files.createDirectories(directory.resolve("tmp"));
        Files.createDirectories(directory.resolve("other"));
        Optional<String> path =
                Optional.of(named)
                        .filter(text -> !text.isEmpty())
                        .map(text -> text.replace("~", directory.toString()));
        DumpSpec spec = new DumpSpec(withInstance, 1, path, path, path, Optional.empty());
        return new DumpFiles(Optional.of(directory + "/tmp"), spec, "ns_one");
    }

    private String shown(Path path) {
        return path.toString().replace(directory.toString(), "~");
    }

    @ParameterizedTest
    @CsvSource({
        "false,'',          ~/tmp/keepalived_check.data",
        "true,'',           ~/tmp/keepalived_check.ns_one.data",
        "false,mine.txt,    ~/tmp/mine_check.txt",
        "false,dir/mine.txt,~/tmp/mine_check.txt",
        "false,mine,        ~/tmp/mine_check",
        "true,mine,         ~/tmp/mine_check.ns_one",
        "false,~/other/,    ~/other/keepalived_check.data",
        "true,~/other/x.y,  ~/other/x_check.ns_one.y",
    })
    void dataIsWhereItIsWanted(boolean withInstance, String named, String expected)
            throws Exception {
        assertEquals(expected, shown(files(withInstance, named).data("_check", "text")));
    }

    @Test
    void statisticsAndJsonCarryNoInstance() throws Exception {
        assertEquals("~/tmp/keepalived.stats", shown(files(true, "").statistics("text")));
        assertEquals("~/tmp/keepalived.json", shown(files(true, "").json("", "text")));
        assertEquals("~/other/keepalived.json", shown(files(true, "~/other/").json("", "text")));
        assertEquals("~/other/j_check", shown(files(true, "~/other/j").json("_check", "text")));
        assertEquals("~/other/j", shown(files(true, "~/other/j").json("", "text")));
    }

    @Test
    void aLinkInTheWayIsReplacedAndNotFollowed() throws Exception {
        DumpFiles files = files(false, "");
        Path victim = Files.writeString(directory.resolve("victim"), "keep");
        Files.createSymbolicLink(directory.resolve("tmp/keepalived.json"), victim);
        files.json("", "text");
        assertEquals("keep", Files.readString(victim));
        assertFalse(Files.isSymbolicLink(directory.resolve("tmp/keepalived.json")));
        assertEquals("text", Files.readString(directory.resolve("tmp/keepalived.json")));
        try (var left = Files.list(directory.resolve("tmp"))) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void aRelativeDirectoryForTemporaryFilesIsNotUsed() throws Exception {
        DumpFiles files = new DumpFiles(Optional.of("tmp"), DumpSpec.PLAIN, "");
        Path written = files.data("_of_a_test", "text");
        assertTrue(written.startsWith("/tmp"), written.toString());
        Files.delete(written);
    }
}
