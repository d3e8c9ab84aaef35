package holdfast.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Signals as something to read (signalfd(2)).
///
/// The signals must have been blocked before the Java virtual machine started, which is the
/// launcher's task: a thread of the machine that does not block one would be struck by it.
public final class Signals implements AutoCloseable {

    private static final int SFD_NONBLOCK = Libc.O_NONBLOCK;
    private static final int SFD_CLOEXEC = Libc.O_CLOEXEC;

    /// struct signalfd_siginfo.
    static final int SIGINFO_BYTES = 128;

    private final Fd fd;

    private Signals(Fd fd) {
        this.fd = fd;
    }

    public static Signals open(Set<Signal> wanted) throws IOException {
        Set<Signal> open = unblocked(wanted);
        if (!open.isEmpty()) {
            throw new IOException(
                    "cannot receive signals "
                            + open
                            + ": they are not blocked; start the program through its launcher");
        }
        Libc libc = Libc.here();
        Signal.putSet(libc.scratch(), 0, wanted);
        int flags = SFD_NONBLOCK | SFD_CLOEXEC;
        return new Signals(
                Fd.made("receive signals", libc.signalfd(-1, libc.scratch().at(0), flags)));
    }

    /// Which of these signals the calling thread does not block.
    public static Set<Signal> unblocked(Set<Signal> wanted) throws IOException {
        long blocked = 0;
        for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
            if (line.startsWith("SigBlk:")) {
                blocked = Long.parseUnsignedLong(line.substring(7).strip(), 16);
            }
        }
        long mask = blocked;
        return wanted.stream()
                .filter(signal -> (mask >>> signal.number() - 1 & 1) == 0)
                .collect(Collectors.toSet());
    }

    /// The next signal that came, if any.
    public Optional<Signal> receive() {
        Libc libc = Libc.here();
        long bytes = libc.read(fd.number(), libc.scratch().at(0), SIGINFO_BYTES);
        return bytes == SIGINFO_BYTES
                ? Optional.of(new Signal(libc.scratch().view().getInt(0)))
                : Optional.empty();
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
