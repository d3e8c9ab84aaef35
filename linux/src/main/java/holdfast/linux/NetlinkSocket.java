package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/// A netlink socket: bytes to the kernel, and bytes from the kernel and nobody else.
///
/// Receiving never blocks unless asked to wait. May be used by any thread, but by one at a time.
public final class NetlinkSocket implements AutoCloseable {

    /// The kernel's families of netlink, with their numbers (linux/netlink.h).
    public enum Protocol {
        ROUTE(0),
        CONNECTOR(11),
        NETFILTER(12),
        GENERIC(16);

        private final int number;

        Protocol(int number) {
            this.number = number;
        }
    }

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;

    /// What a single datagram may be at most: as much as a whole configuration may need at once.
    private static final int SEND_BYTES_MAX = 64 << 20;

    /// The largest message of a dump, as the kernel makes them (linux/netlink.h, NLMSG_GOODSIZE).
    private static final int RECEIVE_BYTES = 64 * 1024;

    static final int SOCKADDR_BYTES = 12;
    static final int PID_OFFSET = 4;
    private static final int NAME = RECEIVE_BYTES;
    private static final int NAME_LENGTH = NAME + SOCKADDR_BYTES;
    private static final short POLLIN = 1;

    private final Memory memory = new Memory(RECEIVE_BYTES + 64);
    private final Fd fd;
    private int receivedBytes;

    private NetlinkSocket(Fd fd) {
        this.fd = fd;
    }

    public static NetlinkSocket open(Protocol protocol) throws SyscallException {
        Libc libc = Libc.here();
        int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
        Fd fd =
                Fd.made(
                        "open a netlink socket for " + protocol,
                        libc.socket(AF_NETLINK, type, protocol.number));
        libc.scratch().clear(0, SOCKADDR_BYTES);
        libc.scratch().view().putShort(0, (short) AF_NETLINK);
        long bound = libc.bind(fd.number(), libc.scratch().at(0), SOCKADDR_BYTES);
        if (bound < 0) {
            fd.close();
            throw new SyscallException("bind a netlink socket", bound);
        }
        // Better answers from kernels that can; without them the error number has to do.
        fd.option(SOL_NETLINK, NETLINK_EXT_ACK, 1);
        fd.option(SOL_NETLINK, NETLINK_CAP_ACK, 1);
        fd.option(SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
        return new NetlinkSocket(fd);
    }

    /// Joins a multicast group by its number.
    public void join(int group) throws SyscallException {
        fd.requireOption("netlink group " + group, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    }

    /// Asks for room for unread messages, beyond the system's limit when we may.
    public void receiveBuffer(int bytes) throws SyscallException {
        new SocketOptions(fd).receiveBuffer(bytes);
    }

    /// As [#receiveBuffer(int)], within the system's limit unless it is forced.
    public void receiveBuffer(int bytes, boolean forced) throws SyscallException {
        SocketOptions options = new SocketOptions(fd);
        if (forced) {
            options.receiveBuffer(bytes);
        } else {
            options.modestReceiveBuffer(bytes);
        }
    }

    /// How much room there is for unread messages, with what the kernel needs for itself.
    public int receiveBuffer() throws SyscallException {
        return new SocketOptions(fd).receiveBuffer();
    }

    /// Sends one or several messages. Returns the count of bytes, or a negated error.
    public long send(ByteBuffer messages) {
        Libc libc = Libc.here();
        if (messages.remaining() > libc.scratch().size()) {
            return sendLarge(libc, messages);
        }
        int bytes = libc.scratch().put(0, messages);
        return libc.send(fd.number(), libc.scratch().at(0), bytes, 0);
    }

    /// The kernel takes a datagram only as a whole, so its buffer must be as large.
    private long sendLarge(Libc libc, ByteBuffer messages) {
        int size = messages.remaining();
        if (size > SEND_BYTES_MAX) {
            return Errno.EMSGSIZE.result();
        }
        if (fd.option(SOL_SOCKET, SO_SNDBUFFORCE, size) < 0) {
            fd.option(SOL_SOCKET, SO_SNDBUF, size);
        }
        try (Memory large = new Memory(size)) {
            int bytes = large.put(0, messages);
            return libc.send(fd.number(), large.at(0), bytes, 0);
        }
    }

    /// Receives one datagram of the kernel. Returns the count of bytes, or a negated error:
    /// [Errno#EAGAIN] when there is none, [Errno#ENOBUFS] when messages were lost.
    public long receive() {
        Libc libc = Libc.here();
        ByteBuffer view = memory.view();
        while (true) {
            view.putInt(NAME_LENGTH, SOCKADDR_BYTES);
            long bytes =
                    libc.recvfrom(
                            fd.number(),
                            memory.at(0),
                            RECEIVE_BYTES,
                            MSG_TRUNC,
                            memory.at(NAME),
                            memory.at(NAME_LENGTH));
            if (bytes > RECEIVE_BYTES) {
                return Errno.EMSGSIZE.result();
            }
            // Port 0 is the kernel; any process may send to us otherwise.
            if (bytes < 0 || view.getInt(NAME + PID_OFFSET) == 0) {
                receivedBytes = (int) Math.max(0, bytes);
                return bytes;
            }
        }
    }

    /// As [#receive], but waits for a datagram; [Errno#EAGAIN] when none came in time.
    public long receive(Duration wait) {
        long untilNanos = System.nanoTime() + wait.toNanos();
        while (true) {
            long result = receive();
            long leftMillis = (untilNanos - System.nanoTime()) / 1_000_000;
            if (!Errno.EAGAIN.is(result) || leftMillis <= 0) {
                return result;
            }
            Libc libc = Libc.here();
            // struct pollfd
            libc.scratch().view().putInt(0, fd.number()).putInt(4, POLLIN);
            libc.poll(libc.scratch().at(0), 1, (int) Math.min(leftMillis, Integer.MAX_VALUE));
        }
    }

    /// What [#receive] brought, in native byte order; valid until the next call.
    public ByteBuffer received() {
        return memory.view().slice(0, receivedBytes).order(ByteOrder.nativeOrder());
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
        memory.close();
    }
}
