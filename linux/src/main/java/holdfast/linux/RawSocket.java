package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.MacAddress;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A raw IP socket for one protocol. The kernel writes the IP header; we choose what is in it.
///
/// Never blocks. May be used by any thread, but by one at a time.
public final class RawSocket implements AutoCloseable {

    public static final int VRRP = 112;

    /// Authentication headers (RFC 2402). What is sent has the identification 0 in its IP header.
    public static final int AH = 51;

    public static final int ICMP = IPPROTO_ICMP;
    public static final int ICMPV6 = IPPROTO_ICMPV6;

    /// What a raw socket is opened for.
    ///
    /// @param ifindex the interface it lives on, or 0 for all
    /// @param device the name of the same interface; empty to hear all interfaces
    /// @param group joined on `ifindex`, and then nothing else is heard
    /// @param local the own address, and then nothing is heard that goes to others; it need not
    ///     be there yet
    /// @param receiveBufferBytes 0 for the system's default
    /// @param mark for routing and firewalls, 0 for none
    public record Spec(
            Family family,
            int protocol,
            int ifindex,
            Optional<String> device,
            Optional<IpAddress> group,
            Optional<IpAddress> local,
            int receiveBufferBytes,
            int mark) {

        /// One that hears and sends on one interface, through a multicast group.
        public static Spec multicast(int protocol, int ifindex, String device, IpAddress group) {
            return new Spec(
                    group.family(),
                    protocol,
                    ifindex,
                    Optional.of(device),
                    Optional.of(group),
                    Optional.empty(),
                    0,
                    0);
        }

        /// One that hears what goes to `local`, on whatever interface it comes.
        public static Spec unicast(int protocol, IpAddress local) {
            return new Spec(
                    local.family(),
                    protocol,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(local),
                    0,
                    0);
        }

        /// One that sends only.
        public static Spec sender(Family family, int protocol) {
            return new Spec(
                    family,
                    protocol,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0);
        }
    }

    /// The authentication header of VRRP (RFC 2402, with 12 octets of authentication data).
    private static final int AH_BYTES = 24;

    // The parts of a message to send, but for its contents, in memory of the socket's own.
    private static final int NAME = 0;
    private static final int IOVEC = 32;
    private static final int HEADER = 48;
    private static final int CONTROL = 104;
    private static final int ENVELOPE_BYTES = 256;

    static final int PKTINFO_BYTES = 12;
    static final int PKTINFO6_BYTES = 20;
    static final int PKTINFO6_INDEX_OFFSET = 16;

    /// Where a message goes from and to, and how.
    private record Route(IpAddress source, IpAddress destination, int ifindex, int ttl) {
        boolean is(IpAddress from, IpAddress to, int through, int hops) {
            return ifindex == through
                    && ttl == hops
                    && source.equals(from)
                    && destination.equals(to);
        }
    }

    private final Spec spec;
    private final Fd fd;
    private final Memory envelope = new Memory(ENVELOPE_BYTES);

    /// What the envelope says: most messages go where the one before went.
    private @Nullable Route addressed;

    private RawSocket(Spec spec, Fd fd) {
        this.spec = spec;
        this.fd = fd;
    }

    public static RawSocket open(Spec spec) throws SyscallException {
        int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
        Fd fd =
                Fd.made(
                        "open a raw socket for protocol " + spec.protocol(),
                        Libc.here().socket(spec.family().number(), type, spec.protocol()));
        RawSocket socket = new RawSocket(spec, fd);
        try {
            socket.configure();
            return socket;
        } catch (SyscallException e) {
            socket.close();
            throw e;
        }
    }

    private void configure() throws SyscallException {
        SocketOptions options = new SocketOptions(fd);
        options.receiveBuffer(spec.receiveBufferBytes());
        options.mark(spec.mark());
        if (spec.device().isPresent()) {
            options.device(spec.device().get());
        }
        if (spec.family() == Family.INET) {
            fd.requireOption("the type of service", IPPROTO_IP, IP_TOS, TOS_CONTROL);
            fd.requireOption("multicast loop", IPPROTO_IP, IP_MULTICAST_LOOP, 0);
            fd.requireOption("multicast filter", IPPROTO_IP, IP_MULTICAST_ALL, 0);
            if (spec.protocol() == AH) {
                // Only what may never be fragmented goes without an identification (RFC 6864).
                fd.requireOption("no fragments", IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
            }
        } else {
            fd.requireOption("the traffic class", IPPROTO_IPV6, IPV6_TCLASS, TOS_CONTROL);
            fd.requireOption("multicast loop", IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0);
            fd.requireOption("multicast filter", IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
            fd.requireOption("packet information", IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
            fd.requireOption("hop limits", IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
        }
        // After the type of service, which sets a priority of its own. Only a privilege away from
        // working; nothing depends on it.
        fd.option(SOL_SOCKET, SO_PRIORITY, TC_PRIO_CONTROL);
        if (spec.group().isPresent()) {
            options.join(spec.group().get(), spec.ifindex());
            options.bind(spec.group().get(), 0, spec.ifindex());
        } else if (spec.local().isPresent()) {
            options.freeBind(spec.family());
            options.bind(spec.local().get(), 0, spec.ifindex());
        }
    }

    /// Gives what waits to be received more room, or less; 0 leaves it as it is.
    public void receiveBuffer(int bytes) throws SyscallException {
        new SocketOptions(fd).receiveBuffer(bytes);
    }

    /// Hears nothing of other virtual routers than this one: the kernel drops it unread.
    ///
    /// Only for the protocols [#VRRP] and [#AH].
    ///
    /// @param source the only MAC address to hear from, on an Ethernet; empty for any
    public void hearOnly(int vrid, Optional<MacAddress> source) throws SyscallException {
        int behind = spec.protocol() == AH ? AH_BYTES : 0;
        long[] ofRouter = PacketFilter.vrid(spec.family(), behind, vrid);
        new SocketOptions(fd)
                .filter(source.isEmpty() ? ofRouter : PacketFilter.from(source.get(), ofRouter));
    }

    /// Hears nothing at all, which a socket for sending ICMPv6 wants.
    public void deafen() throws SyscallException {
        SocketOptions options = new SocketOptions(fd);
        options.blockAllIcmp6();
    }

    /// Receives what is there, at most one batch. Returns the count, or a negated error; nothing
    /// being there is [Errno#EAGAIN].
    public int receive(ReceiveBatch batch, Consumer<Datagram> to) {
        return batch.receive(fd, spec.family(), to);
    }

    /// Sends one message. Returns its length, or a negated error.
    ///
    /// @param source must be an address of this host
    public long send(IpAddress source, IpAddress destination, int ttl, ByteBuffer message) {
        return send(source, destination, spec.ifindex(), ttl, message);
    }

    /// Sends one message through an interface, or where the routes say when `ifindex` is 0.
    public long send(
            IpAddress source, IpAddress destination, int ifindex, int ttl, ByteBuffer message) {
        Libc libc = Libc.here();
        Memory contents = libc.scratch();
        if (message.remaining() > contents.size()) {
            return Errno.EMSGSIZE.result();
        }
        if (addressed == null || !addressed.is(source, destination, ifindex, ttl)) {
            address(source, destination, ifindex, ttl);
        }
        envelope.view().putLong(IOVEC, contents.at(0));
        envelope.view().putLong(IOVEC + Long.BYTES, contents.put(0, message));
        int flags = destination.isMulticast() ? MSG_DONTROUTE | MSG_NOSIGNAL : MSG_NOSIGNAL;
        return libc.sendmsg(fd.number(), envelope.at(HEADER), flags);
    }

    private void address(IpAddress source, IpAddress destination, int ifindex, int ttl) {
        ByteBuffer view = envelope.view();
        envelope.clear(0, ENVELOPE_BYTES);
        int nameBytes = SocketAddress.put(envelope, NAME, destination, 0, ifindex);
        int controlBytes =
                destination.family() == Family.INET
                        ? inetControl(envelope, source, ifindex, ttl)
                        : inet6Control(envelope, source, ifindex, ttl);
        view.putLong(HEADER + MessageHeader.NAME_OFFSET, envelope.at(NAME));
        view.putInt(HEADER + MessageHeader.NAME_BYTES_OFFSET, nameBytes);
        view.putLong(HEADER + MessageHeader.IOV_OFFSET, envelope.at(IOVEC));
        view.putLong(HEADER + MessageHeader.IOV_COUNT_OFFSET, 1);
        view.putLong(HEADER + MessageHeader.CONTROL_OFFSET, envelope.at(CONTROL));
        view.putLong(HEADER + MessageHeader.CONTROL_BYTES_OFFSET, controlBytes);
        addressed = new Route(source, destination, ifindex, ttl);
    }

    /// struct in_pktinfo and the TTL (ip(7)).
    private static int inetControl(Memory memory, IpAddress source, int ifindex, int ttl) {
        ByteBuffer view = memory.view();
        int info = MessageHeader.control(view, CONTROL, IPPROTO_IP, IP_PKTINFO, PKTINFO_BYTES);
        view.putInt(info, ifindex);
        view.put(info + Integer.BYTES, source.octets());
        int next = info + MessageHeader.controlSpace(PKTINFO_BYTES);
        view.putInt(MessageHeader.control(view, next, IPPROTO_IP, IP_TTL, Integer.BYTES), ttl);
        return next + MessageHeader.CMSG_DATA_OFFSET + 8 - CONTROL;
    }

    /// struct in6_pktinfo and the hop limit (RFC 3542, section 6).
    private static int inet6Control(Memory memory, IpAddress source, int ifindex, int ttl) {
        ByteBuffer view = memory.view();
        int info = MessageHeader.control(view, CONTROL, IPPROTO_IPV6, IPV6_PKTINFO, PKTINFO6_BYTES);
        view.put(info, source.octets());
        view.putInt(info + PKTINFO6_INDEX_OFFSET, ifindex);
        int next = info + MessageHeader.controlSpace(PKTINFO6_BYTES);
        int hops = MessageHeader.control(view, next, IPPROTO_IPV6, IPV6_HOPLIMIT, Integer.BYTES);
        view.putInt(hops, ttl);
        return next + MessageHeader.CMSG_DATA_OFFSET + 8 - CONTROL;
    }

    public Spec spec() {
        return spec;
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
        envelope.close();
    }
}
