package holdfast.linux;

import holdfast.net.Endpoint;
import java.nio.ByteBuffer;

/// A socket for datagrams with one peer, that never blocks. Confined to one thread at a time.
public sealed interface PeerSocket extends AutoCloseable permits UdpSocket, EchoSocket {

    /// Chooses the peer. Returns 0, or why there is no way to it.
    default int connect(Endpoint peer) {
        return SocketOptions.connect(fd(), peer);
    }

    /// Sends one datagram. Returns its length, or a negated error.
    default long send(ByteBuffer datagram) {
        return SocketOptions.send(fd(), datagram);
    }

    /// Receives one datagram; what does not fit is lost. Returns the count of bytes stored, which
    /// may be 0, or a negated error.
    default long receive(ByteBuffer into) {
        return fd().read(into);
    }

    Fd fd();

    @Override
    default void close() {
        fd().close();
    }
}
