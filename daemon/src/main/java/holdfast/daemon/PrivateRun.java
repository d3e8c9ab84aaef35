package holdfast.daemon;

import holdfast.daemon.journal.Journal;
import holdfast.linux.Namespaces;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// `/run/keepalived` as a daemon in a network namespace sees it: outside it is
/// `/run/keepalived/NAMESPACE`, so that daemons and their scripts in several namespaces share
/// paths, and no files (runtime specification, section 15).
final class PrivateRun implements AutoCloseable {

    private static final Path SHARED = PidPlan.RUN.resolve("keepalived");

    private final Path outside;
    private final boolean mounted;

    private PrivateRun(Path outside, boolean mounted) {
        this.outside = outside;
        this.mounted = mounted;
    }

    /// For this thread, and all that it starts from now on. Where mounting is forbidden, the
    /// directory is ours all the same, under its outer name.
    static PrivateRun of(String namespace, Journal journal) throws IOException {
        Path outside = SHARED.resolve(namespace);
        make(SHARED);
        make(outside);
        try {
            Namespaces.unshareMounts();
            Namespaces.bindMount(outside, SHARED);
            return new PrivateRun(outside, true);
        } catch (SyscallException e) {
            journal.log(
                    Supervisor.IDENT,
                    Level.WARNING,
                    SHARED + " is not ours alone: " + e.getMessage());
            return new PrivateRun(outside, false);
        }
    }

    private static void make(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    boolean isMounted() {
        return mounted;
    }

    /// Removes the directories, unless somebody has files there.
    @Override
    public void close() {
        try {
            if (mounted) {
                Namespaces.unmount(SHARED);
            }
            Files.deleteIfExists(outside);
            Files.deleteIfExists(SHARED);
        } catch (IOException ignored) {
            // Another daemon is there.
        }
    }
}
