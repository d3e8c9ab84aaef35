package holdfast.daemon.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.HostFacts.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    private final Path directory;

    ProgramsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aBareNameIsFoundInTheSearchPath() {
        Program shell = Programs.find("sh");
        assertTrue(shell.exists() && shell.executable(), shell.toString());
        assertTrue(shell.resolved().startsWith("/"), shell.resolved());
        assertFalse(Programs.find("no-such-program-anywhere").exists());
    }

    @Test
    void whoeverMayWriteTheFileIsFound() throws Exception {
        Path program = Files.writeString(directory.resolve("p"), "#!/bin/sh\n");
        assertFalse(Programs.find(program.toString()).executable());
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxrwx"));
        Program found = Programs.find(program.toString());
        assertTrue(found.executable());
        assertTrue(found.unsafeComponent().isPresent());
        assertFalse(found.setsRootIdentity());
    }

    @Test
    void aWayThatOnlyRootMayChangeIsSafe() {
        assertEquals(Optional.empty(), Programs.find("/usr/bin/env").unsafeComponent());
    }

    @Test
    void rootsSetIdProgramsAreKnown() throws Exception {
        Path passwd = Path.of("/usr/bin/passwd");
        boolean set = FileFacts.of(passwd).allows(04000);
        assertEquals(set, Programs.find(passwd.toString()).setsRootIdentity());
    }
}
