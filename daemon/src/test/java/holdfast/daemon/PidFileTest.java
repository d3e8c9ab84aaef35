package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.GlobalSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    private final Path directory;

    PidFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void onlyOneHasTheFileAndItSaysWho() throws Exception {
        Path path = directory.resolve("x.pid");
        PidFile first = PidFile.claim(path).orElseThrow();
        first.write(4711);
        assertEquals("4711\n", Files.readString(path));
        assertTrue(PidFile.claim(path).isEmpty(), "a second daemon must not start");
        first.close();
        assertFalse(Files.exists(path));
    }

    @Test
    void whatAKilledDaemonLeftIsTakenOver() throws Exception {
        Path path = directory.resolve("x.pid");
        Files.writeString(path, "999999999\n");
        try (PidFile file = PidFile.claim(path).orElseThrow()) {
            file.write(5);
            assertEquals("5\n", Files.readString(path));
        }
    }

    private static PidPlan plan(String configuration, String... words) {
        GlobalSpec global = OneFile.load(configuration).configuration().global();
        Options options =
                assertInstanceOf(CommandLine.Parsed.Run.class, CommandLine.parse(List.of(words)))
                        .options();
        return PidPlan.of(options, global);
    }

    @Test
    void theUsualPlacesAreTheOnesEverybodyKnows() {
        assertEquals(
                new PidPlan(
                        Path.of("/run/keepalived.pid"),
                        Path.of("/run/vrrp.pid"),
                        Path.of("/run/checkers.pid"),
                        Path.of("/run/bfd.pid"),
                        Optional.empty(),
                        Path.of("/run/keepalived.reload")),
                plan(""));
    }

    @Test
    void anInstanceHasADirectoryAndANameOfItsOwn() {
        PidPlan plan = plan("instance blue\n");
        assertEquals(Path.of("/run/keepalived/keepalived_blue.pid"), plan.main());
        assertEquals(Path.of("/run/keepalived/vrrp_blue.pid"), plan.vrrp());
        assertEquals(Optional.of(Path.of("/run/keepalived")), plan.directory());
        assertEquals(Path.of("/run/keepalived/keepalived_blue.reload"), plan.marker());
        assertEquals(Path.of("/run/keepalived/keepalived.pid"), plan("use_pid_dir\n").main());
    }

    @Test
    void theCommandLineWins() {
        PidPlan plan = plan("use_pid_dir\n", "-p", "/a", "-r", "/b", "-c", "/c");
        assertEquals(
                List.of(Path.of("/a"), Path.of("/b"), Path.of("/c")),
                List.of(plan.main(), plan.vrrp(), plan.checkers()));
    }
}
