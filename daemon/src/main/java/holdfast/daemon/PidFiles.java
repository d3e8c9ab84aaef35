package holdfast.daemon;

import holdfast.daemon.journal.Journal;
import holdfast.linux.Scheduling;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The pid files of the daemon, held for its life.
final class PidFiles implements AutoCloseable {

    private final PidPlan plan;
    private final PidFile main;
    private Optional<PidFile> vrrp = Optional.empty();
    private Optional<PidFile> checkers = Optional.empty();
    private Optional<PidFile> bfd = Optional.empty();

    private PidFiles(PidPlan plan, PidFile main) {
        this.plan = plan;
        this.main = main;
    }

    /// Takes the main file. Empty when another daemon of the same name runs.
    static Optional<PidFiles> claim(PidPlan plan) throws IOException {
        if (plan.directory().isPresent()) {
            Files.createDirectories(plan.directory().get());
            Files.setPosixFilePermissions(
                    plan.directory().get(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Optional<PidFile> main = PidFile.claim(plan.main());
        if (main.isPresent()) {
            main.get().write(Scheduling.pid());
        }
        return main.map(file -> new PidFiles(plan, file));
    }

    /// Says that the virtual routers are in this process.
    void vrrp(Journal journal) {
        vrrp = write(plan.vrrp(), Scheduling.pid(), journal);
    }

    /// Says that the sessions of BFD are in this process.
    void bfd(Journal journal) {
        bfd = write(plan.bfd(), Scheduling.pid(), journal);
    }

    void checkers(int pid) {
        try {
            checkers = PidFile.claim(plan.checkers());
            if (checkers.isPresent()) {
                checkers.get().write(pid);
            }
        } catch (SyscallException ignored) {
            // The main file is the one that counts.
        }
    }

    void checkersGone() {
        checkers.ifPresent(PidFile::close);
        checkers = Optional.empty();
    }

    private static Optional<PidFile> write(Path path, int pid, Journal journal) {
        try {
            Optional<PidFile> file = PidFile.claim(path);
            if (file.isPresent()) {
                file.get().write(pid);
            } else {
                journal.log(Supervisor.IDENT, Level.WARNING, path + " belongs to another daemon");
            }
            return file;
        } catch (SyscallException e) {
            journal.log(Supervisor.IDENT, Level.WARNING, "No pid file: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// Removes the files, and their directory when nobody else uses it.
    @Override
    public void close() {
        checkersGone();
        vrrp.ifPresent(PidFile::close);
        bfd.ifPresent(PidFile::close);
        main.close();
        if (plan.directory().isPresent()) {
            try {
                Files.deleteIfExists(plan.directory().get());
            } catch (IOException ignored) {
                // Another instance has files there.
            }
        }
    }
}
