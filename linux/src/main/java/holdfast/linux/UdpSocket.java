package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.nio.ByteBuffer;

/// A UDP socket with one peer, that never blocks.
///
/// An ICMP error about what was sent comes back as a result, such as [Errno#ECONNREFUSED].
/// Confined to one thread at a time.
public final class UdpSocket implements AutoCloseable {

    private final Fd fd;

    private UdpSocket(Fd fd) {
        this.fd = fd;
    }

    public static UdpSocket open(Family family, SocketBinding binding) throws SyscallException {
        return new UdpSocket(SocketOptions.connecting(family, SOCK_DGRAM, binding));
    }

    /// Chooses the peer. Returns 0, or why there is no way to it.
    public int connect(Endpoint peer) {
        return SocketOptions.connect(fd, peer);
    }

    /// Sends one datagram. Returns its length, or a negated error.
    public long send(ByteBuffer datagram) {
        return SocketOptions.send(fd, datagram);
    }

    /// Receives one datagram; what does not fit is lost. Returns the count of bytes stored, which
    /// may be 0, or a negated error.
    public long receive(ByteBuffer into) {
        return fd.read(into);
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
