package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

    @Test
    void aProcessIsFoundByNumberNameAndCommandLine() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read line", "").start();
        int pid = (int) shell.pid();
        try {
            while (!ProcessTable.name(pid).equals(Optional.of("sh"))) {
                assertTrue(shell.isAlive()); // It is still what made it.
            }
            assertTrue(ProcessTable.all().contains(pid));
            assertEquals(List.of("sh", "-c", "read line", ""), ProcessTable.command(pid));
        } finally {
            shell.destroyForcibly().waitFor();
        }
        assertFalse(ProcessTable.all().contains(pid));
        assertEquals(Optional.empty(), ProcessTable.name(pid));
        assertEquals(List.of(), ProcessTable.command(pid));
    }
}
