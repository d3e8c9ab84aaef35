package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A UDP socket that sends to one peer, from a port that nobody else on the host has, and hears
/// nothing. It never blocks.
///
/// The route is looked up for each datagram, so that another one counts at once. Confined to one
/// thread at a time.
public final class UdpSender implements AutoCloseable {

    /// Ports that are nobody's for long (RFC 6335, section 6).
    public static final int FIRST_PORT = 49152;

    public static final int LAST_PORT = 65535;

    private static final long[] NOTHING = {PacketFilter.DROP_ALL};

    private final Fd fd;
    private final int port;
    private final Memory peer = new Memory(SocketAddress.BYTES_MAX);
    private final int peerBytes;

    private UdpSender(Fd fd, int port, Endpoint to, int scope) {
        this.fd = fd;
        this.port = port;
        this.peerBytes = SocketAddress.put(peer, 0, to.address(), to.port(), scope);
    }

    /// @param source the own address; empty for that of the route
    /// @param from the first port to try, from [#FIRST_PORT] to [#LAST_PORT]
    public static UdpSender open(Endpoint peer, Optional<IpAddress> source, int ttl, int from)
            throws SyscallException {
        Family family = peer.address().family();
        int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
        Fd fd = Fd.made("open a socket", Libc.here().socket(family.number(), type, 0));
        try {
            configure(fd, family, ttl);
            int port = bind(fd, source.orElse(SocketAddress.any(family)), from);
            return new UdpSender(fd, port, peer, 0);
        } catch (SyscallException e) {
            fd.close();
            throw e;
        }
    }

    private static void configure(Fd fd, Family family, int ttl) throws SyscallException {
        new SocketOptions(fd).filter(NOTHING);
        if (family == Family.INET) {
            fd.requireOption("the type of service", IPPROTO_IP, IP_TOS, TOS_CONTROL);
            fd.requireOption("the TTL", IPPROTO_IP, IP_TTL, ttl);
        } else {
            fd.requireOption("the traffic class", IPPROTO_IPV6, IPV6_TCLASS, TOS_CONTROL);
            fd.requireOption("the hop limit", IPPROTO_IPV6, IPV6_UNICAST_HOPS, ttl);
        }
        // After the type of service, which chooses another. Only a privilege away from working;
        // nothing depends on it.
        fd.option(SOL_SOCKET, SO_PRIORITY, TC_PRIO_CONTROL);
    }

    /// Tries each port once, since those in use are not known beforehand.
    private static int bind(Fd fd, IpAddress address, int from) throws SyscallException {
        SocketOptions options = new SocketOptions(fd);
        int port = from;
        while (true) {
            try {
                options.bind(address, port, 0);
                return port;
            } catch (SyscallException e) {
                port = port == LAST_PORT ? FIRST_PORT : port + 1;
                if (e.errno() != Errno.EADDRINUSE || port == from) {
                    throw e;
                }
            }
        }
    }

    /// Sends one datagram. Returns its length, or a negated error.
    public long send(byte[] datagram) {
        Libc libc = Libc.here();
        int bytes = libc.scratch().put(0, ByteBuffer.wrap(datagram));
        return libc.sendto(
                fd.number(), libc.scratch().at(0), bytes, MSG_NOSIGNAL, peer.at(0), peerBytes);
    }

    /// The own port.
    public int port() {
        return port;
    }

    @Override
    public void close() {
        fd.close();
        peer.close();
    }
}
