package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.script.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpawnTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final Identity NOBODY = new Identity("nobody", 65534, 65534);

    @Test
    void theExitStatusIsTheProgramsOwn() throws Exception {
        try (ChildProcess child = Spawn.start(shell("exit 3"))) {
            assertEquals(new ChildProcess.Exit.Exited(3), child.await(LONG_ENOUGH).orElseThrow());
        }
    }

    @Test
    void anIdentityIsTakenOnByTheProgramAloneAndCompletely() throws Exception {
        ProcessSpec spec = program("/bin/cat", "/proc/self/status").as(NOBODY);
        String status = outputOf(spec);
        assertTrue(status.contains("Uid:\t65534\t65534\t65534\t65534\n"), status);
        assertTrue(status.contains("Gid:\t65534\t65534\t65534\t65534\n"), status);
        assertTrue(status.contains("Groups:\t \n"), status);
        assertTrue(status.contains("CapPrm:\t0000000000000000\n"), status);
        assertTrue(status.contains("CapEff:\t0000000000000000\n"), status);
        assertTrue(status.contains("CapAmb:\t0000000000000000\n"), status);
        String ours = Files.readString(Path.of("/proc/thread-self/status"));
        assertTrue(ours.contains("Uid:\t0\t0\t0\t0\n"), ours);
        assertTrue(ours.contains("Gid:\t0\t0\t0\t0\n"), ours);
    }

    @Test
    void supplementaryGroupsComeWithTheIdentity() throws Exception {
        Identity member = new Identity("nobody", 65534, 65534, List.of(65534, 7, 100));
        ProcessSpec spec = program("/bin/cat", "/proc/self/status").as(member);
        assertTrue(outputOf(spec).contains("Groups:\t7 100 65534 \n"), outputOf(spec));
    }

    @Test
    void aProgramStartsWithDefaultSignalsAndNothingBlocked() throws Exception {
        String status = outputOf(program("/bin/cat", "/proc/self/status"));
        assertTrue(status.contains("SigBlk:\t0000000000000000\n"), status);
        assertTrue(status.contains("SigIgn:\t0000000000000000\n"), status);
    }

    @Test
    void whatIsToBeBlockedIsBlocked() throws Exception {
        Set<Signal> signals = Set.of(Signal.TERM, Signal.realTime(2));
        String status = outputOf(program("/bin/cat", "/proc/self/status").blocking(signals));
        assertTrue(status.contains("SigBlk:\t0000000800004000\n"), status);
    }

    @Test
    void descriptorsAreWhatWasAskedForAndNoMore() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            ProcessSpec spec =
                    ProcessSpec.of(List.of("/bin/ls", "/proc/self/fd"), Optional.empty())
                            .inheriting(
                                    List.of(
                                            new ProcessSpec.Inherited(pipe.writer(), 1),
                                            new ProcessSpec.Inherited(pipe.writer(), 5)));
            assertEquals("0\n1\n2\n3\n5\n", outputOf(spec, pipe)); // 3 is the list itself
        }
    }

    @Test
    void crossedDescriptorsDoNotOverwriteEachOther() throws Exception {
        try (Pipe one = Pipe.open();
                Pipe other = Pipe.open()) {
            int low = one.writer().number();
            int high = other.writer().number();
            ProcessSpec spec =
                    shell(
                                    "echo one >/proc/self/fd/%d; echo other >/proc/self/fd/%d"
                                            .formatted(high, low))
                            .inheriting(
                                    List.of(
                                            new ProcessSpec.Inherited(one.writer(), high),
                                            new ProcessSpec.Inherited(other.writer(), low)));
            try (ChildProcess child = Spawn.start(spec)) {
                assertTrue(child.await(LONG_ENOUGH).orElseThrow().isSuccess());
            }
            assertEquals("one\n", textOf(one));
            assertEquals("other\n", textOf(other));
        }
    }

    @Test
    void theEnvironmentIsOursWithoutWhatIsDangerous() throws Exception {
        assertFalse(ProcessSpec.safeEnvironment().containsKey("LD_PRELOAD"));
        assertTrue(ProcessSpec.safeEnvironment().containsKey("PATH"));
        assertFalse(ProcessSpec.safeEnvironment().containsKey("_JAVA_SR_SIGNUM"));
        ProcessSpec spec = shell("echo $GREETING").withEnvironment(Map.of("GREETING", "grüß Gott"));
        assertEquals("grüß Gott\n", outputOf(spec));
    }

    @Test
    void aProgramThatIsNotThereIsAnErrorAtOnce() {
        SyscallException thrown =
                assertThrows(
                        SyscallException.class,
                        () ->
                                Spawn.start(
                                        ProcessSpec.of(
                                                List.of("/no/such/program"), Optional.empty())));
        assertEquals(Errno.ENOENT, thrown.errno());
        assertEquals(
                "cannot run /no/such/program: no such file or object (ENOENT)",
                thrown.getMessage());
    }

    @Test
    void killingTheGroupReachesGrandchildren() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            ProcessSpec spec =
                    shell("sleep 1000 & echo started; wait")
                            .inheriting(List.of(new ProcessSpec.Inherited(pipe.writer(), 1)));
            try (ChildProcess child = Spawn.start(spec)) {
                pipe.writer().close();
                ByteBuffer some = ByteBuffer.allocate(100);
                assertTrue(pipe.reader().read(some) > 0);
                assertTrue(child.exit().isEmpty());
                assertTrue(child.signalGroup(Signal.KILL));
                assertEquals(
                        new ChildProcess.Exit.Killed(Signal.KILL),
                        child.await(LONG_ENOUGH).orElseThrow());
                assertEquals(0, pipe.reader().read(some)); // the grandchild held it open
                assertFalse(child.signalGroup(Signal.KILL));
            }
        }
    }

    @Test
    void aSessionOfItsOwnHasNoTerminalToLose() throws Exception {
        String stat = outputOf(shell("cat /proc/$$/stat").inSession());
        String[] fields = stat.substring(stat.indexOf(')') + 2).split(" ");
        assertEquals(stat.split(" ")[0], fields[3]); // the session is its own number
    }

    private static ProcessSpec shell(String command) {
        return program("/bin/sh", "-c", command);
    }

    private static ProcessSpec program(String... argv) {
        return ProcessSpec.of(List.of(argv), Optional.empty());
    }

    private static String outputOf(ProcessSpec spec) throws Exception {
        try (Pipe pipe = Pipe.open()) {
            return outputOf(
                    spec.inheriting(List.of(new ProcessSpec.Inherited(pipe.writer(), 1))), pipe);
        }
    }

    private static String outputOf(ProcessSpec spec, Pipe pipe) throws Exception {
        try (ChildProcess child = Spawn.start(spec)) {
            String text = textOf(pipe);
            assertTrue(child.await(LONG_ENOUGH).orElseThrow().isSuccess());
            return text;
        }
    }

    private static String textOf(Pipe pipe) {
        pipe.writer().close();
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        while (pipe.reader().read(bytes) > 0) {
            assertTrue(bytes.hasRemaining());
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
