package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreDumpsTest {

    @Test
    void thePatternBeforeComesBack(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("core_pattern"), "|/usr/lib/handler %p\n");
        Options.Cores wanted = new Options.Cores(false, Optional.of("core.%p"));
        CoreDumps cores = CoreDumps.allow(wanted, file);
        assertEquals("core.%p\n", Files.readString(file));
        cores.close();
        assertEquals("|/usr/lib/handler %p\n", Files.readString(file));
    }

    @Test
    void withoutAPatternNothingIsTouched(@TempDir Path directory) throws Exception {
        Path none = directory.resolve("none");
        CoreDumps.allow(new Options.Cores(false, Optional.empty()), none).close();
        assertEquals(false, Files.exists(none));
    }
}
