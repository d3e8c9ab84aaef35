package holdfast.linux;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Room for the datagrams of one system call; one serves all raw sockets of a loop.
///
/// Confined to one thread.
public final class ReceiveBatch implements AutoCloseable {

    private static final int CONTROL_BYTES = 128;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IDENTIFICATION_OFFSET = 4;
    private static final int TTL_OFFSET = 8;
    private static final int PROTOCOL_OFFSET = 9;
    private static final int SOURCE_OFFSET = 12;
    private static final int DESTINATION_OFFSET = 16;

    /// Where struct in_pktinfo has the destination.
    private static final int PKTINFO_ADDRESS_OFFSET = 8;

    private final int count;
    private final int datagramBytes;
    private final int iovecs;
    private final int names;
    private final int controls;
    private final int data;
    private final Memory memory;

    /// How many headers the kernel has written to since they were made ready.
    private int used;

    /// @param count datagrams that one call may bring
    /// @param datagramBytes the longest datagram; longer ones come without their end
    public ReceiveBatch(int count, int datagramBytes) {
        this.count = count;
        this.datagramBytes = datagramBytes;
        this.iovecs = count * MessageHeader.MANY_BYTES;
        this.names = iovecs + count * MessageHeader.IOVEC_BYTES;
        this.controls = names + count * SocketAddress.BYTES_MAX;
        this.data = controls + count * CONTROL_BYTES;
        this.memory = new Memory(data + count * datagramBytes);
        this.used = count;
        ByteBuffer view = memory.view();
        for (int i = 0; i < count; i++) {
            int header = i * MessageHeader.MANY_BYTES;
            int iovec = iovecs + i * MessageHeader.IOVEC_BYTES;
            view.putLong(iovec, memory.at(data + i * datagramBytes));
            view.putLong(iovec + Long.BYTES, datagramBytes);
            long name = memory.at(names + i * SocketAddress.BYTES_MAX);
            view.putLong(header + MessageHeader.NAME_OFFSET, name);
            view.putLong(header + MessageHeader.IOV_OFFSET, memory.at(iovec));
            view.putLong(header + MessageHeader.IOV_COUNT_OFFSET, 1);
            long control = memory.at(controls + i * CONTROL_BYTES);
            view.putLong(header + MessageHeader.CONTROL_OFFSET, control);
        }
    }

    /// Receives what is there, at most one batch. Returns the count, or a negated error.
    int receive(Fd fd, Family family, Consumer<Datagram> to) {
        int received = receive(fd);
        for (int i = 0; i < received; i++) {
            if (family == Family.INET) {
                inet(i, to);
            } else {
                inet6(i, to);
            }
        }
        return received;
    }

    /// The same from a socket for UDP, of which all headers stay in the kernel.
    int receiveUdp(Fd fd, Family family, Consumer<Datagram> to) {
        int received = receive(fd);
        for (int i = 0; i < received; i++) {
            if (family == Family.INET) {
                inetUdp(i, to);
            } else {
                inet6(i, to);
            }
        }
        return received;
    }

    private int receive(Fd fd) {
        ByteBuffer view = memory.view();
        for (int i = 0; i < used; i++) {
            int header = i * MessageHeader.MANY_BYTES;
            view.putInt(header + MessageHeader.NAME_BYTES_OFFSET, SocketAddress.BYTES_MAX);
            view.putLong(header + MessageHeader.CONTROL_BYTES_OFFSET, CONTROL_BYTES);
            view.putInt(header + MessageHeader.FLAGS_OFFSET, 0);
        }
        int received =
                Libc.here().recvmmsg(fd.number(), memory.at(0), count, SocketNumbers.MSG_DONTWAIT);
        used = Math.max(received, 1); // A failure may have touched the first.
        return received;
    }

    /// IPv4: the kernel hands over the IP header, which says it all.
    private void inet(int index, Consumer<Datagram> to) {
        ByteBuffer view = memory.view();
        int bytes = bytes(index);
        int at = data + index * datagramBytes;
        int headerBytes = bytes == 0 ? 0 : (view.get(at) & 0xf) * 4;
        if (headerBytes < IPV4_HEADER_BYTES || bytes < headerBytes) {
            return;
        }
        int identification =
                (view.get(at + IDENTIFICATION_OFFSET) & 0xff) << Byte.SIZE
                        | view.get(at + IDENTIFICATION_OFFSET + 1) & 0xff;
        to.accept(
                new Datagram(
                        SocketAddress.inet(memory, at + SOURCE_OFFSET),
                        SocketAddress.inet(memory, at + DESTINATION_OFFSET),
                        view.get(at + TTL_OFFSET) & 0xff,
                        view.get(at + PROTOCOL_OFFSET) & 0xff,
                        identification,
                        view.slice(at + headerBytes, bytes - headerBytes)));
    }

    /// IPv6: the header stays in the kernel, and what we need of it comes as control messages.
    private void inet6(int index, Consumer<Datagram> to) {
        ByteBuffer view = memory.view();
        int header = index * MessageHeader.MANY_BYTES;
        int control = controls + index * CONTROL_BYTES;
        int bytes = (int) view.getLong(header + MessageHeader.CONTROL_BYTES_OFFSET);
        int info = find(control, bytes, SocketNumbers.IPPROTO_IPV6, SocketNumbers.IPV6_PKTINFO);
        int hopLimit =
                find(control, bytes, SocketNumbers.IPPROTO_IPV6, SocketNumbers.IPV6_HOPLIMIT);
        if (info < 0 || hopLimit < 0) {
            return;
        }
        IpAddress source = SocketAddress.address(memory, names + index * SocketAddress.BYTES_MAX);
        IpAddress destination = SocketAddress.address(memory, info, 16);
        ByteBuffer packet = view.slice(data + index * datagramBytes, bytes(index));
        to.accept(new Datagram(source, destination, view.getInt(hopLimit), packet));
    }

    /// IPv4 without its header: what we need of it comes as control messages (ip(7)).
    private void inetUdp(int index, Consumer<Datagram> to) {
        ByteBuffer view = memory.view();
        int header = index * MessageHeader.MANY_BYTES;
        int control = controls + index * CONTROL_BYTES;
        int bytes = (int) view.getLong(header + MessageHeader.CONTROL_BYTES_OFFSET);
        int info = find(control, bytes, SocketNumbers.IPPROTO_IP, SocketNumbers.IP_PKTINFO);
        int ttl = find(control, bytes, SocketNumbers.IPPROTO_IP, SocketNumbers.IP_TTL);
        if (info < 0 || ttl < 0) {
            return;
        }
        IpAddress source = SocketAddress.address(memory, names + index * SocketAddress.BYTES_MAX);
        IpAddress destination = SocketAddress.inet(memory, info + PKTINFO_ADDRESS_OFFSET);
        ByteBuffer packet = view.slice(data + index * datagramBytes, bytes(index));
        to.accept(new Datagram(source, destination, view.getInt(ttl), packet));
    }

    private int find(int control, int bytes, int level, int type) {
        return MessageHeader.find(memory.view(), control, bytes, level, type);
    }

    /// How much of a datagram is there.
    private int bytes(int index) {
        int header = index * MessageHeader.MANY_BYTES;
        int bytes = memory.view().getInt(header + MessageHeader.MANY_LENGTH_OFFSET);
        return Math.min(bytes, datagramBytes);
    }

    @Override
    public void close() {
        memory.close();
    }
}
