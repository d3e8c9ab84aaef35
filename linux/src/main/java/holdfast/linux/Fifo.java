package holdfast.linux;

import java.nio.file.Path;
import java.util.Optional;

/// Named pipes (fifo(7)).
public final class Fifo {

    static final int O_NOFOLLOW = Libc.X86 ? 0x20000 : 0x8000;

    private Fifo() {}

    /// Makes a named pipe unless there is a file of this name. Returns whether it was made.
    ///
    /// @param mode permission bits; the umask applies
    public static boolean make(Path path, int mode) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path.toString());
        int result = libc.mkfifo(libc.scratch().at(0), mode);
        if (Errno.EEXIST.is(result)) {
            return false;
        }
        SyscallException.check("make the pipe " + path, result);
        return true;
    }

    /// Opens the writing end without waiting. Empty when nobody reads.
    public static Optional<Fd> openForWriting(Path path) throws SyscallException {
        int result = open(path, Libc.O_WRONLY);
        return Errno.ENXIO.is(result)
                ? Optional.empty()
                : Optional.of(Fd.made("open the pipe " + path, result));
    }

    /// Opens both ends, so that writing works, and is kept, while nobody reads yet.
    public static Fd openForBoth(Path path) throws SyscallException {
        return Fd.made("open the pipe " + path, open(path, Libc.O_RDWR));
    }

    /// Opens the reading end without waiting for a writer.
    public static Fd openForReading(Path path) throws SyscallException {
        return Fd.made("open the pipe " + path, open(path, Libc.O_RDONLY));
    }

    private static int open(Path path, int how) {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path.toString());
        int flags = how | Libc.O_NONBLOCK | Libc.O_CLOEXEC | O_NOFOLLOW;
        return libc.open(libc.scratch().at(0), flags, 0);
    }
}
