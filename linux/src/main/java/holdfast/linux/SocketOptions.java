package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.nio.ByteBuffer;

/// What sockets of several kinds are told before they are used.
record SocketOptions(Fd fd) {

    static final int MREQN_BYTES = 12;
    static final int MREQN_INDEX_OFFSET = 8;
    static final int MREQ6_BYTES = 20;
    static final int MREQ6_INDEX_OFFSET = 16;
    static final int ICMP6_FILTER_BYTES = 32;
    static final int FPROG_BYTES = 16;
    static final int FPROG_POINTER_OFFSET = 8;

    /// A socket that will have one peer.
    static Fd connecting(Family family, int kind, SocketBinding binding) throws SyscallException {
        return connecting(family, kind, 0, binding);
    }

    /// @param protocol 0 for what is usual for the kind
    static Fd connecting(Family family, int kind, int protocol, SocketBinding binding)
            throws SyscallException {
        int type = kind | SOCK_NONBLOCK | SOCK_CLOEXEC;
        Fd fd = Fd.made("open a socket", Libc.here().socket(family.number(), type, protocol));
        try {
            new SocketOptions(fd).start(binding);
            return fd;
        } catch (SyscallException e) {
            fd.close();
            throw e;
        }
    }

    private void start(SocketBinding binding) throws SyscallException {
        mark(binding.mark());
        if (binding.device().isPresent()) {
            device(binding.device().get());
        }
        if (binding.local().isPresent()) {
            Endpoint local = binding.local().get();
            if (local.port() == 0) {
                // Lets many connections share a port, as long as their peers differ.
                fd.option(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
            }
            bind(local.address(), local.port(), 0);
        }
    }

    /// Has a socket for datagrams hear also of errors that may pass, such as a host that nobody
    /// knows the way to (ip(7), ipv6(7)).
    static void hearAllErrors(Fd fd, Family family) {
        if (family == Family.INET) {
            fd.option(IPPROTO_IP, IP_RECVERR, 1);
        } else {
            fd.option(IPPROTO_IPV6, IPV6_RECVERR, 1);
        }
    }

    /// Returns 0 or a negated error.
    static int connect(Fd fd, Endpoint peer) {
        Libc libc = Libc.here();
        int bytes = SocketAddress.put(libc.scratch(), 0, peer.address(), peer.port(), 0);
        return libc.connect(fd.number(), libc.scratch().at(0), bytes);
    }

    /// The error that waits in a socket: 0, or negated.
    static int error(Fd fd) {
        Libc libc = Libc.here();
        Memory memory = libc.scratch();
        memory.view().putInt(0, 0).putInt(8, Integer.BYTES);
        int result = libc.getsockopt(fd.number(), SOL_SOCKET, SO_ERROR, memory.at(0), memory.at(8));
        return result < 0 ? result : -memory.view().getInt(0);
    }

    /// Sends from the remaining bytes, without a signal when nobody reads any more.
    static long send(Fd fd, ByteBuffer from) {
        Libc libc = Libc.here();
        int bytes = libc.scratch().put(0, from);
        long count = libc.send(fd.number(), libc.scratch().at(0), bytes, MSG_NOSIGNAL);
        if (count > 0) {
            from.position(from.position() + (int) count);
        }
        return count;
    }

    /// @param bytes 0 for the system's default; more than the system's limit needs a privilege
    void receiveBuffer(int bytes) throws SyscallException {
        if (bytes > 0 && fd.option(SOL_SOCKET, SO_RCVBUFFORCE, bytes) < 0) {
            fd.requireOption("the receive buffer", SOL_SOCKET, SO_RCVBUF, bytes);
        }
    }

    /// As much as the system lets everybody have.
    void modestReceiveBuffer(int bytes) throws SyscallException {
        fd.requireOption("the receive buffer", SOL_SOCKET, SO_RCVBUF, bytes);
    }

    int receiveBuffer() throws SyscallException {
        Libc libc = Libc.here();
        Memory memory = libc.scratch();
        memory.view().putInt(8, Integer.BYTES);
        int result =
                libc.getsockopt(fd.number(), SOL_SOCKET, SO_RCVBUF, memory.at(0), memory.at(8));
        SyscallException.check("read the receive buffer's size", result);
        return memory.view().getInt(0);
    }

    void mark(int mark) throws SyscallException {
        if (mark != 0) {
            fd.requireOption("the mark", SOL_SOCKET, SO_MARK, mark);
        }
    }

    void device(String name) throws SyscallException {
        Libc libc = Libc.here();
        int bytes = libc.scratch().putText(0, name);
        SyscallException.check(
                "bind to interface " + name,
                libc.setsockopt(
                        fd.number(), SOL_SOCKET, SO_BINDTODEVICE, libc.scratch().at(0), bytes));
    }

    /// struct ip_mreqn, struct ipv6_mreq; the interface is also where what we send leaves.
    void join(IpAddress group, int ifindex) throws SyscallException {
        boolean inet = group.family() == Family.INET;
        Memory memory = Libc.here().scratch();
        ByteBuffer view = memory.view();
        memory.clear(0, MREQ6_BYTES);
        view.put(0, group.octets());
        view.putInt(inet ? MREQN_INDEX_OFFSET : MREQ6_INDEX_OFFSET, ifindex);
        String join = "join group " + group;
        if (inet) {
            SyscallException.check(join, set(IPPROTO_IP, IP_ADD_MEMBERSHIP, MREQN_BYTES));
            SyscallException.check(join, set(IPPROTO_IP, IP_MULTICAST_IF, MREQN_BYTES));
        } else {
            SyscallException.check(join, set(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, MREQ6_BYTES));
            fd.requireOption("multicast interface", IPPROTO_IPV6, IPV6_MULTICAST_IF, ifindex);
        }
    }

    /// Lets a socket be bound to an address that is not on this host yet.
    void freeBind(Family family) throws SyscallException {
        if (family == Family.INET) {
            fd.requireOption("free binding", IPPROTO_IP, IP_FREEBIND, 1);
        } else {
            fd.requireOption("free binding", IPPROTO_IPV6, IPV6_FREEBIND, 1);
        }
    }

    void bind(IpAddress address, int port, int scope) throws SyscallException {
        Libc libc = Libc.here();
        int bytes = SocketAddress.put(libc.scratch(), 0, address, port, scope);
        SyscallException.check(
                "bind to " + address, libc.bind(fd.number(), libc.scratch().at(0), bytes));
    }

    /// struct sock_fprog: the count of instructions, and where they are.
    void filter(long[] program) throws SyscallException {
        Memory memory = Libc.here().scratch();
        ByteBuffer view = memory.view();
        int at = FPROG_BYTES;
        for (long instruction : program) {
            view.putLong(at, instruction);
            at += Long.BYTES;
        }
        view.putLong(0, 0).putShort(0, (short) program.length);
        view.putLong(FPROG_POINTER_OFFSET, memory.at(FPROG_BYTES));
        SyscallException.check("filter", set(SOL_SOCKET, SO_ATTACH_FILTER, FPROG_BYTES));
    }

    /// struct icmp6_filter: a bit that is set blocks its type.
    void blockAllIcmp6() throws SyscallException {
        Memory memory = Libc.here().scratch();
        for (int i = 0; i < ICMP6_FILTER_BYTES; i++) {
            memory.view().put(i, (byte) 0xff);
        }
        SyscallException.check(
                "filter ICMPv6", set(IPPROTO_ICMPV6, ICMP6_FILTER, ICMP6_FILTER_BYTES));
    }

    private int set(int level, int name, int bytes) {
        Libc libc = Libc.here();
        return libc.setsockopt(fd.number(), level, name, libc.scratch().at(0), bytes);
    }
}
