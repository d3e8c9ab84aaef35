package holdfast.daemon.notify;

import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.daemon.host.FileFacts;
import holdfast.linux.Fd;
import holdfast.linux.Fifo;
import holdfast.linux.Permissions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A named pipe that lines are written to, whether anybody reads it or not.
///
/// A line that does not fit is dropped and counted: a reader that sleeps must not stop us.
final class NamedPipe implements AutoCloseable {

    private static final int MODE = 0644;

    private final FifoSpec spec;
    private final Fd fd;
    private final boolean ours;
    private long dropped;

    private NamedPipe(FifoSpec spec, Fd fd, boolean ours) {
        this.spec = spec;
        this.fd = fd;
        this.ours = ours;
    }

    /// Makes the pipe, or takes one that is there already if it belongs to us or to its user.
    static NamedPipe open(FifoSpec spec, int ownUid) throws IOException {
        Path path = Path.of(spec.path());
        boolean made = Fifo.make(path, MODE);
        if (made) {
            Permissions.mode(path, MODE);
            Permissions.owner(path, spec.uid(), spec.gid());
        } else {
            FileFacts file = FileFacts.of(path);
            if (!file.isFifo()) {
                throw new IOException(path + " is there, and is not a named pipe");
            }
            if (file.uid() != ownUid && file.uid() != spec.uid()) {
                throw new IOException(path + " belongs to somebody else");
            }
        }
        return new NamedPipe(spec, Fifo.openForBoth(path), made);
    }

    FifoSpec spec() {
        return spec;
    }

    /// Returns whether this is the first line of a row to be dropped.
    boolean write(String line) {
        long written = fd.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        if (written >= 0) {
            dropped = 0;
            return false;
        }
        return dropped++ == 0;
    }

    @Override
    public void close() {
        fd.close();
        if (ours) {
            try {
                Files.deleteIfExists(Path.of(spec.path()));
            } catch (IOException ignored) {
                // It is in the way of nobody.
            }
        }
    }
}
