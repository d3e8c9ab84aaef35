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
        Process sleep = new ProcessBuilder("sleep", "1000", "").start();
        int pid = (int) sleep.pid();
        try {
            while (!ProcessTable.name(pid).equals(Optional.of("sleep"))) {
                Thread.onSpinWait(); // It is still what made it.
            }
            assertTrue(ProcessTable.all().contains(pid));
            assertEquals(List.of("sleep", "1000", ""), ProcessTable.command(pid));
        } finally {
            sleep.destroyForcibly().waitFor();
        }
        assertFalse(ProcessTable.all().contains(pid));
        assertEquals(Optional.empty(), ProcessTable.name(pid));
        assertEquals(List.of(), ProcessTable.command(pid));
    }
}
