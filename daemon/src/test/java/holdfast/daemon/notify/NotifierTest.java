package holdfast.daemon.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect;
import holdfast.balance.QuorumSpec;
import holdfast.balance.ServiceKey;
import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.daemon.journal.Journal;
import holdfast.linux.Accounts;
import holdfast.linux.Fd;
import holdfast.linux.Fifo;
import holdfast.net.Family;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {

    private final Path directory;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Journal journal = Journal.start(List.of(entry -> log.add(entry.text())), true);
    private final Identity self =
            new Identity("self", Accounts.effectiveUser(), Accounts.effectiveGroup());

    NotifierTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private ScriptSpec script(String name, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ScriptSpec(List.of(file.toString()), self);
    }

    private static NotifyMessage quorum(int mark, ScriptSpec script) {
        return new NotifyMessage.BalanceFact(
                new BalanceEffect.QuorumChanged(
                        new ServiceKey.Mark(mark, Family.INET),
                        new QuorumSpec(1, 0, Optional.of(script), Optional.empty()),
                        true,
                        1,
                        1));
    }

    private void awaitLines(Path file, int count) throws Exception {
        long until = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(file) || Files.readAllLines(file).size() < count) {
            assertTrue(System.nanoTime() < until, "waited for " + count + " lines; log " + log);
            Thread.onSpinWait();
            Thread.sleep(5);
        }
    }

    @Test
    void aSlowScriptDelaysNobodyElseAndItsOwnSuccessorComesAfterIt() throws Exception {
        Path out = directory.resolve("out");
        ScriptSpec slow =
                script(
                        "slow",
                        "#!/bin/sh\nwhile [ ! -e "
                                + directory
                                + "/go ]; do sleep 0.01; done\n"
                                + "echo slow >>"
                                + out
                                + "\n");
        ScriptSpec quick = script("quick", "#!/bin/sh\necho quick >>" + out + "\n");
        ScriptSpec after = script("after", "#!/bin/sh\necho after >>" + out + "\n");
        try (Notifier notifier = Notifier.start(journal, "x")) {
            notifier.tell(quorum(1, slow));
            notifier.tell(quorum(1, after));
            notifier.tell(quorum(2, quick));
            awaitLines(out, 1);
            Files.createFile(directory.resolve("go"));
            awaitLines(out, 3);
        }
        assertEquals(List.of("quick", "slow", "after"), Files.readAllLines(out));
    }

    @Test
    void aTextWithoutAnInterpreterRunsInTheShellAndAFailureIsSaid() throws Exception {
        Path out = directory.resolve("out");
        ScriptSpec plain = script("plain", "echo plain >>" + out + "\nexit 3\n");
        try (Notifier notifier = Notifier.start(journal, "x")) {
            notifier.tell(quorum(1, plain));
            awaitLines(out, 1);
            notifier.tell(quorum(1, plain)); // Comes after the first was reaped.
            awaitLines(out, 2);
        }
        journal.close();
        assertTrue(log.contains("Script " + plain + " ended with status 3"), log.toString());
    }

    @Test
    void aScriptThatCannotRunIsSaid() throws Exception {
        ScriptSpec none = new ScriptSpec(List.of(directory + "/none"), self);
        try (Notifier notifier = Notifier.start(journal, "x")) {
            notifier.tell(quorum(1, none));
        }
        journal.close();
        assertTrue(
                log.stream().anyMatch(line -> line.contains(directory + "/none")), log.toString());
    }

    @Test
    void pipesAreMadeWrittenAndRemoved() throws Exception {
        Path path = directory.resolve("fifo");
        FifoSpec spec = new FifoSpec(path.toString(), self.uid(), self.gid(), Optional.empty());
        ScriptSpec nothing = script("nothing", "#!/bin/sh\n");
        try (Notifier notifier = Notifier.start(journal, "x")) {
            notifier.tell(new NotifyMessage.Pipes(List.of(spec)));
            notifier.tell(quorum(7, nothing));
            String line = readFirst(path);
            assertEquals("VS FWM 7 UP\n\0", line);
            assertEquals(
                    "rw-r--r--",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void aReaderThatEndedIsStartedAgainByAReloadAndNoneOutlivesUs() throws Exception {
        Path path = directory.resolve("fifo");
        Path out = directory.resolve("out");
        ScriptSpec reader =
                script(
                        "reader",
                        "#!/bin/sh\ntrap '' TERM\necho $$ $1 >>"
                                + out
                                + "\n[ -e "
                                + directory
                                + "/stay ] || exit 3\nwhile :; do sleep 0.05; done\n");
        FifoSpec spec = new FifoSpec(path.toString(), self.uid(), self.gid(), Optional.of(reader));
        try (Notifier notifier = Notifier.start(journal, "x")) {
            notifier.tell(new NotifyMessage.Pipes(List.of(spec)));
            awaitLines(out, 1);
            awaitLog("The reader of " + path + " ended with status 3");
            Files.createFile(directory.resolve("stay"));
            notifier.tell(new NotifyMessage.Pipes(List.of(spec)));
            awaitLines(out, 2);
            notifier.tell(new NotifyMessage.Pipes(List.of(spec)));
        }
        List<String> lines = Files.readAllLines(out);
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getLast().endsWith(" " + path), lines.toString());
        long pid = Long.parseLong(lines.getLast().split(" ")[0]);
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void atTheEndOlderScriptsAreCutShortAndLastWordsAreNot() throws Exception {
        Path out = directory.resolve("out");
        ScriptSpec stubborn =
                script(
                        "stubborn",
                        "#!/bin/sh\ntrap '' TERM\necho $$ >>" + out + "\nexec sleep 1000\n");
        try (Notifier notifier = Notifier.start(journal, "x")) {
            notifier.tell(quorum(1, stubborn));
            awaitLines(out, 1);
        }
        long pid = Long.parseLong(Files.readAllLines(out).getFirst());
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    private void awaitLog(String text) throws Exception {
        long until = System.nanoTime() + 20_000_000_000L;
        while (log.stream().noneMatch(line -> line.contains(text))) {
            assertTrue(System.nanoTime() < until, "waited for " + text + "; log " + log);
            Thread.sleep(5);
        }
    }

    private static String readFirst(Path path) throws Exception {
        long until = System.nanoTime() + 20_000_000_000L;
        ByteBuffer buffer = ByteBuffer.allocate(100);
        while (!Files.exists(path)) {
            assertTrue(System.nanoTime() < until, "waited for the pipe");
            Thread.sleep(5);
        }
        try (Fd reader = Fifo.openForReading(path)) {
            while (reader.read(buffer) <= 0) {
                assertTrue(System.nanoTime() < until, "waited for a line");
                Thread.sleep(5);
            }
        }
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    @Test
    void aFileInTheWayIsNotWrittenTo() throws Exception {
        Path path = Files.writeString(directory.resolve("file"), "keep");
        FifoSpec spec = new FifoSpec(path.toString(), self.uid(), self.gid(), Optional.empty());
        try (Notifier notifier = Notifier.start(journal, "x")) {
            notifier.tell(new NotifyMessage.Pipes(List.of(spec)));
            notifier.tell(quorum(7, script("nothing", "#!/bin/sh\n")));
        }
        journal.close();
        assertEquals("keep", Files.readString(path));
        assertTrue(
                log.stream().anyMatch(line -> line.contains("is not a named pipe")),
                log.toString());
    }
}
