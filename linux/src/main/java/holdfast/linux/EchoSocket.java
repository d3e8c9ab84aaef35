package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Family;

/// A socket for ICMP echoes with one peer, that never blocks (icmp(7)).
///
/// An ICMP error about what was sent comes back as a result, such as [Errno#EHOSTUNREACH].
/// Confined to one thread at a time.
public final class EchoSocket implements PeerSocket {

    private final Fd fd;

    private EchoSocket(Fd fd) {
        this.fd = fd;
    }

    /// A socket that hears the replies to its own requests. Only for the groups of
    /// `ping_group_range`; for others the kernel says [Errno#EACCES].
    ///
    /// @param binding whose port, if any, identifies the requests
    public static EchoSocket open(Family family, SocketBinding binding) throws SyscallException {
        return open(family, SOCK_DGRAM, binding);
    }

    /// A raw socket, which hears all ICMP from its peer, with the headers of IPv4.
    public static EchoSocket openRaw(Family family, SocketBinding binding) throws SyscallException {
        return open(family, SOCK_RAW, binding);
    }

    private static EchoSocket open(Family family, int kind, SocketBinding binding)
            throws SyscallException {
        int protocol = family == Family.INET ? IPPROTO_ICMP : IPPROTO_ICMPV6;
        Fd fd = SocketOptions.connecting(family, kind, protocol, binding);
        SocketOptions.hearAllErrors(fd, family);
        return new EchoSocket(fd);
    }

    @Override
    public Fd fd() {
        return fd;
    }
}
