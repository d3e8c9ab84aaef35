package holdfast.daemon;

import holdfast.linux.FileLock;
import holdfast.linux.Permissions;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file that says which process is the daemon, and is locked while it lives.
///
/// A file that a killed daemon left is not locked any more, and is taken over.
final class PidFile implements AutoCloseable {

    private static final int MODE = 0644;

    private final Path path;
    private final FileLock lock;

    private PidFile(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Locks the file. Empty when another daemon has it.
    static Optional<PidFile> claim(Path path) throws SyscallException {
        return FileLock.tryLock(path, MODE).map(lock -> new PidFile(path, lock));
    }

    void write(int pid) throws SyscallException {
        lock.write(pid + "\n");
        Permissions.mode(path, MODE);
    }

    Path path() {
        return path;
    }

    /// Removes the file and gives up the lock.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException ignored) {
            // The lock is what counts, and it goes in any case.
        }
        lock.close();
    }
}
