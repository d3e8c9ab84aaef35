package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.nio.ByteBuffer;

/// A TCP connection that never blocks.
///
/// Everything that can go wrong with a peer is a value here: results below zero are negated
/// errors. Confined to one thread at a time.
public final class TcpSocket implements AutoCloseable {

    private final Fd fd;

    private TcpSocket(Fd fd) {
        this.fd = fd;
    }

    /// A socket that is not connected yet.
    public static TcpSocket open(Family family, SocketBinding binding) throws SyscallException {
        return new TcpSocket(SocketOptions.connecting(family, SOCK_STREAM, binding));
    }

    /// Begins to connect. Returns 0 when connected at once, [Errno#EINPROGRESS] when the socket
    /// becomes writable later, or why not.
    public int connect(Endpoint peer) {
        return SocketOptions.connect(fd, peer);
    }

    /// What became of a connection that was in progress: 0, or a negated error. Asking clears it.
    public int error() {
        return SocketOptions.error(fd);
    }

    /// Reads at most the remaining bytes. Returns their count, 0 at the end, or a negated error.
    public long read(ByteBuffer into) {
        return fd.read(into);
    }

    /// Writes from the remaining bytes. Returns the count taken, or a negated error.
    public long write(ByteBuffer from) {
        return SocketOptions.send(fd, from);
    }

    /// Says that nothing more will be written.
    public void finish() {
        Libc.here().shutdown(fd.number(), 1); // SHUT_WR
    }

    /// Closes with a reset, so that neither side keeps a connection in TIME_WAIT.
    public void abort() {
        // struct linger
        Libc libc = Libc.here();
        libc.scratch().view().putInt(0, 1).putInt(Integer.BYTES, 0);
        libc.setsockopt(fd.number(), SOL_SOCKET, SO_LINGER, libc.scratch().at(0), 8);
        fd.close();
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
