package holdfast.linux;

import java.nio.ByteBuffer;

/// An open file descriptor, closed once.
///
/// Reading and writing copy through memory of the calling thread; both return what the kernel
/// said, so that a caller can tell [Errno#EAGAIN] from the end.
public final class Fd implements AutoCloseable {

    private static final int CLOSED = -1;
    private static final int RLIMIT_NOFILE = 7;

    private int number;

    private Fd(int number) {
        this.number = number;
    }

    /// The descriptor that a call returned.
    static Fd made(String attempt, long result) throws SyscallException {
        return new Fd((int) SyscallException.check(attempt, result));
    }

    /// A descriptor that the parent process left open for us.
    public static Fd inherited(int number) throws SyscallException {
        SyscallException.check(
                "use descriptor " + number,
                Libc.here().fcntl(number, Libc.F_SETFD, Libc.FD_CLOEXEC));
        return new Fd(number);
    }

    /// Lets this process have so many descriptors at once, if it may not yet and the system agrees.
    /// Returns how many it may have.
    public static int allow(int count) throws SyscallException {
        long limit = limit();
        if (limit >= count) {
            return (int) Math.min(limit, Integer.MAX_VALUE);
        }
        // struct rlimit: what holds, and how far it may be raised.
        Libc libc = Libc.here();
        long most = Math.max(count, libc.scratch().view().getLong(Long.BYTES));
        libc.scratch().view().putLong(0, count).putLong(Long.BYTES, most);
        int result = libc.prlimit(0, RLIMIT_NOFILE, libc.scratch().at(0), 0);
        return result < 0 ? (int) limit : count;
    }

    /// Unlimited is more than any count.
    private static long limit() throws SyscallException {
        Libc libc = Libc.here();
        int result = libc.prlimit(0, RLIMIT_NOFILE, 0, libc.scratch().at(0));
        SyscallException.check("read the limit of descriptors", result);
        long limit = libc.scratch().view().getLong(0);
        return limit < 0 ? Long.MAX_VALUE : limit;
    }

    /// A new descriptor for the same open file.
    public Fd duplicate() throws SyscallException {
        return made("duplicate a descriptor", Libc.here().fcntl(number, Libc.F_DUPFD_CLOEXEC, 3));
    }

    /// The kernel's number; [IllegalStateException] when closed.
    public int number() {
        if (number == CLOSED) {
            throw new IllegalStateException("descriptor is closed");
        }
        return number;
    }

    public boolean isOpen() {
        return number != CLOSED;
    }

    /// Reads at most the remaining bytes. Returns their count, 0 at the end, or a negated error.
    public long read(ByteBuffer into) {
        Libc libc = Libc.here();
        Memory scratch = libc.scratch();
        long count = libc.read(number(), scratch.at(0), Math.min(into.remaining(), scratch.size()));
        if (count > 0) {
            into.put(scratch.view().slice(0, (int) count));
        }
        return count;
    }

    /// Writes from the remaining bytes. Returns the count taken, or a negated error.
    public long write(ByteBuffer from) {
        Libc libc = Libc.here();
        Memory scratch = libc.scratch();
        long count = libc.write(number(), scratch.at(0), scratch.put(0, from));
        if (count > 0) {
            from.position(from.position() + (int) count);
        }
        return count;
    }

    public void nonBlocking() throws SyscallException {
        Libc libc = Libc.here();
        long flags = SyscallException.check("read flags", libc.fcntl(number(), Libc.F_GETFL, 0));
        SyscallException.check(
                "make a descriptor non-blocking",
                libc.fcntl(number(), Libc.F_SETFL, flags | Libc.O_NONBLOCK));
    }

    /// Sets a socket option that is an `int`. Returns 0 or a negated error.
    int option(int level, int name, int value) {
        Libc libc = Libc.here();
        libc.scratch().view().putInt(0, value);
        return libc.setsockopt(number(), level, name, libc.scratch().at(0), Integer.BYTES);
    }

    /// Sets a socket option that is an `int` and must work.
    void requireOption(String what, int level, int name, int value) throws SyscallException {
        SyscallException.check("set " + what, option(level, name, value));
    }

    @Override
    public void close() {
        if (number != CLOSED) {
            Libc.here().close(number);
            number = CLOSED;
        }
    }

    @Override
    public String toString() {
        return number == CLOSED ? "fd closed" : "fd " + number;
    }
}
