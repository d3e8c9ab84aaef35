package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Family;

/// A UDP socket with one peer, that never blocks.
///
/// An ICMP error about what was sent comes back as a result, such as [Errno#ECONNREFUSED].
/// Confined to one thread at a time.
public final class UdpSocket implements PeerSocket {

    private final Fd fd;

    private UdpSocket(Fd fd) {
        this.fd = fd;
    }

    public static UdpSocket open(Family family, SocketBinding binding) throws SyscallException {
        return new UdpSocket(SocketOptions.connecting(family, SOCK_DGRAM, binding));
    }

    /// One that also hears that there is no way to its peer, though that may pass.
    public static UdpSocket openSensitive(Family family, SocketBinding binding)
            throws SyscallException {
        UdpSocket socket = open(family, binding);
        SocketOptions.hearAllErrors(socket.fd, family);
        return socket;
    }

    @Override
    public Fd fd() {
        return fd;
    }
}
