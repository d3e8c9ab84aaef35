package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyTest {

    @Test
    void whatHappensToFilesIsHeardInOrder(@TempDir Path directory) throws Exception {
        try (Inotify inotify = Inotify.open()) {
            int watch = inotify.watch(directory);
            assertEquals(List.of(), inotify.read());
            Path one = Files.writeString(directory.resolve("one"), "x");
            Files.move(one, directory.resolve("a longer name"));
            Files.delete(directory.resolve("a longer name"));
            assertEquals(
                    List.of(
                            new Inotify.Notice(watch, Inotify.Kind.WRITTEN, "one"),
                            new Inotify.Notice(watch, Inotify.Kind.WENT, "one"),
                            new Inotify.Notice(watch, Inotify.Kind.CAME, "a longer name"),
                            new Inotify.Notice(watch, Inotify.Kind.WENT, "a longer name")),
                    inotify.read());
        }
    }

    @Test
    void aDirectoryThatGoesIsSaid(@TempDir Path directory) throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        try (Inotify inotify = Inotify.open()) {
            int watch = inotify.watch(inner);
            Files.delete(inner);
            assertEquals(List.of(new Inotify.Notice(watch, Inotify.Kind.OVER, "")), inotify.read());
        }
    }

    @Test
    void whatIsForgottenIsNotHeardOf(@TempDir Path directory) throws Exception {
        try (Inotify inotify = Inotify.open()) {
            int watch = inotify.watch(directory);
            inotify.forget(watch);
            Files.writeString(directory.resolve("one"), "x");
            assertEquals(List.of(new Inotify.Notice(watch, Inotify.Kind.OVER, "")), inotify.read());
        }
    }

    @Test
    void aFileIsNoDirectory(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        try (Inotify inotify = Inotify.open()) {
            assertThrows(SyscallException.class, () -> inotify.watch(file));
        }
    }
}
