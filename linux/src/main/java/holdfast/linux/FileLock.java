package holdfast.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// A file that one process at a time may call its own, such as a pid file.
///
/// The lock belongs to the open file (fcntl(2), open file description locks): it ends when the last
/// descriptor of it is closed, so at the latest with the process.
public final class FileLock implements AutoCloseable {

    static final int F_OFD_SETLK = 37;
    private static final short F_WRLCK = 1;

    /// struct flock: type, then whence, start and length; zeros are the whole file.
    static final int FLOCK_BYTES = 32;

    private final Fd fd;

    private FileLock(Fd fd) {
        this.fd = fd;
    }

    /// Opens or makes the file and locks it. Empty when another process has it.
    ///
    /// @param mode permission bits of a new file; the umask applies
    public static Optional<FileLock> tryLock(Path path, int mode) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path.toString());
        int flags = Libc.O_RDWR | Libc.O_CREAT | Libc.O_CLOEXEC;
        Fd fd = Fd.made("open " + path, libc.open(libc.scratch().at(0), flags, mode));
        libc.scratch().clear(0, FLOCK_BYTES);
        libc.scratch().view().putShort(0, F_WRLCK);
        int result = libc.fcntl(fd.number(), F_OFD_SETLK, libc.scratch().at(0));
        if (result < 0) {
            fd.close();
            if (Errno.EAGAIN.is(result) || Errno.EACCES.is(result)) {
                return Optional.empty();
            }
            throw new SyscallException("lock " + path, result);
        }
        return Optional.of(new FileLock(fd));
    }

    /// Replaces what the file says.
    public void write(String text) throws SyscallException {
        Libc libc = Libc.here();
        SyscallException.check("empty a file", libc.ftruncate(fd.number(), 0));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int count = libc.scratch().put(0, ByteBuffer.wrap(bytes));
        SyscallException.check(
                "write a file", libc.pwrite(fd.number(), libc.scratch().at(0), count, 0));
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
