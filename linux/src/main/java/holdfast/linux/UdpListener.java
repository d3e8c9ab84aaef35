package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Family;
import holdfast.wire.Datagram;
import java.util.function.Consumer;

/// A UDP port on all addresses of a family. Each datagram comes with its destination and its TTL;
/// the socket never blocks, and sends nothing.
///
/// Confined to one thread at a time.
public final class UdpListener implements AutoCloseable {

    private final Family family;
    private final Fd fd;

    private UdpListener(Family family, Fd fd) {
        this.family = family;
        this.fd = fd;
    }

    public static UdpListener open(Family family, int port) throws SyscallException {
        int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        Fd fd = Fd.made("open a socket", Libc.here().socket(family.number(), type, 0));
        try {
            if (family == Family.INET) {
                fd.requireOption("packet information", IPPROTO_IP, IP_PKTINFO, 1);
                fd.requireOption("TTLs", IPPROTO_IP, IP_RECVTTL, 1);
            } else {
                fd.requireOption("one family", IPPROTO_IPV6, IPV6_V6ONLY, 1);
                fd.requireOption("packet information", IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
                fd.requireOption("hop limits", IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
            }
            new SocketOptions(fd).bind(SocketAddress.any(family), port, 0);
            return new UdpListener(family, fd);
        } catch (SyscallException e) {
            fd.close();
            throw e;
        }
    }

    /// Receives what is there, at most one batch. Returns the count, or a negated error; nothing
    /// being there is [Errno#EAGAIN].
    public int receive(ReceiveBatch batch, Consumer<Datagram> to) {
        return batch.receiveUdp(fd, family, to);
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
