package holdfast.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Word of files in directories (inotify(7)). Confined to one thread.
public final class Inotify implements AutoCloseable {

    /// Something happened to a file of a watched directory.
    ///
    /// @param watch what [#watch] gave
    /// @param kind what happened
    /// @param name the file's, within the directory; empty when it concerns all of them
    public record Notice(int watch, Kind kind, String name) {}

    /// What may happen.
    public enum Kind {
        /// It was written, and closed.
        WRITTEN,
        /// It is there, by another name before or from elsewhere.
        CAME,
        /// It is not there any more.
        WENT,
        /// The directory is not there any more, and this watch is over.
        OVER,
        /// Notices were lost: anything may have happened.
        LOST
    }

    static final int IN_CLOSE_WRITE = 0x8;
    static final int IN_MOVED_FROM = 0x40;
    static final int IN_MOVED_TO = 0x80;
    static final int IN_DELETE = 0x200;
    private static final int IN_UNMOUNT = 0x2000;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int IN_IGNORED = 0x8000;
    static final int IN_ONLYDIR = 0x1000000;

    /// struct inotify_event: watch, mask, cookie, length of the name, name.
    private static final int MASK_OFFSET = 4;

    private static final int LENGTH_OFFSET = 12;
    private static final int HEAD_BYTES = 16;
    private static final int READ_BYTES = 16 * 1024;

    private final Fd fd;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(READ_BYTES).order(ByteOrder.nativeOrder());

    private Inotify(Fd fd) {
        this.fd = fd;
    }

    public static Inotify open() throws SyscallException {
        int flags = Libc.O_NONBLOCK | Libc.O_CLOEXEC;
        return new Inotify(Fd.made("watch files", Libc.here().inotifyInit1(flags)));
    }

    /// Watches the files of a directory, until [#forget] or until the directory is gone.
    ///
    /// @return the number by which notices name it; the same for the same directory
    public int watch(Path directory) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, directory.toString());
        int mask = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR;
        int watch = libc.inotifyAddWatch(fd.number(), libc.scratch().at(0), mask);
        SyscallException.check("watch " + directory, watch);
        return watch;
    }

    public void forget(int watch) {
        Libc.here().inotifyRmWatch(fd.number(), watch);
    }

    /// What has happened since, in order; empty when nothing has.
    public List<Notice> read() {
        List<Notice> notices = new ArrayList<>();
        if (fd.read(buffer.clear()) <= 0) {
            return notices;
        }
        buffer.flip();
        while (buffer.remaining() >= HEAD_BYTES) {
            int at = buffer.position();
            int mask = buffer.getInt(at + MASK_OFFSET);
            int length = buffer.getInt(at + LENGTH_OFFSET);
            notices.add(new Notice(buffer.getInt(at), kind(mask), name(at + HEAD_BYTES, length)));
            buffer.position(at + HEAD_BYTES + length);
        }
        return notices;
    }

    private static Kind kind(int mask) {
        if ((mask & IN_Q_OVERFLOW) != 0) {
            return Kind.LOST;
        }
        if ((mask & (IN_IGNORED | IN_UNMOUNT)) != 0) {
            return Kind.OVER;
        }
        if ((mask & (IN_DELETE | IN_MOVED_FROM)) != 0) {
            return Kind.WENT;
        }
        return (mask & IN_MOVED_TO) != 0 ? Kind.CAME : Kind.WRITTEN;
    }

    /// The name is filled up with zeros.
    private String name(int at, int length) {
        int end = 0;
        while (end < length && buffer.get(at + end) != 0) {
            end++;
        }
        return new String(buffer.array(), at, end, StandardCharsets.UTF_8);
    }

    /// What a loop watches for reading.
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
