package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A Unix socket for datagrams, as syslog and the service manager take them. Never blocks.
public final class UnixDatagram implements AutoCloseable {

    /// struct sockaddr_un: the family, then the path.
    static final int PATH_OFFSET = 2;

    static final int PATH_BYTES = 108;

    private static final int PAYLOAD = 128;

    private final Fd fd;

    private UnixDatagram(Fd fd) {
        this.fd = fd;
    }

    public static UnixDatagram open() throws SyscallException {
        int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        return new UnixDatagram(
                Fd.made("open a Unix socket", Libc.here().socket(AF_UNIX, type, 0)));
    }

    /// Receives under a path, or an abstract name that is written with a leading `@`.
    public void bind(String path) throws SyscallException {
        int bytes = putAddress(path);
        Libc libc = Libc.here();
        SyscallException.check(
                "bind to " + path, libc.bind(fd.number(), libc.scratch().at(0), bytes));
    }

    /// Sends one datagram to a path, or an abstract name that is written with a leading `@`.
    /// Returns its length, or a negated error.
    public long send(String path, ByteBuffer datagram) {
        int addressBytes = putAddress(path);
        Libc libc = Libc.here();
        if (addressBytes < 0 || datagram.remaining() > libc.scratch().size() - PAYLOAD) {
            return Errno.EMSGSIZE.result();
        }
        int bytes = libc.scratch().put(PAYLOAD, datagram);
        return libc.sendto(
                fd.number(),
                libc.scratch().at(PAYLOAD),
                bytes,
                MSG_NOSIGNAL,
                libc.scratch().at(0),
                addressBytes);
    }

    /// Receives one datagram. Returns the count of bytes, or a negated error.
    public long receive(ByteBuffer into) {
        return fd.read(into);
    }

    /// Returns the length of the address in scratch memory, or -1 when the path is too long.
    private static int putAddress(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length >= PATH_BYTES) {
            return -1;
        }
        Memory memory = Libc.here().scratch();
        memory.clear(0, PAYLOAD);
        memory.view().putShort(0, (short) AF_UNIX);
        memory.view().put(PATH_OFFSET, name);
        boolean isAbstract = path.startsWith("@");
        if (isAbstract) {
            memory.view().put(PATH_OFFSET, (byte) 0);
        }
        return PATH_OFFSET + name.length + (isAbstract ? 0 : 1);
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
