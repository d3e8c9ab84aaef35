package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.MacAddress;
import java.nio.ByteBuffer;

/// A socket that sends to a link, and receives nothing: whole Ethernet frames, or packets that the
/// kernel puts into frames.
public final class PacketSocket implements AutoCloseable {

    /// struct sockaddr_ll.
    static final int SOCKADDR_LL_BYTES = 20;

    static final int PROTOCOL_OFFSET = 2;
    static final int IFINDEX_OFFSET = 4;
    static final int HALEN_OFFSET = 11;
    static final int ADDR_OFFSET = 12;

    /// The longest link-layer address, that of InfiniBand, fits before it.
    private static final int FRAME = 32;

    private final Fd fd;

    private PacketSocket(Fd fd) {
        this.fd = fd;
    }

    /// For whole frames, see [#send].
    public static PacketSocket open() throws SyscallException {
        return open(SOCK_RAW);
    }

    /// For packets, see [#sendPacket].
    public static PacketSocket forPackets() throws SyscallException {
        return open(SOCK_DGRAM);
    }

    private static PacketSocket open(int kind) throws SyscallException {
        int type = kind | SOCK_NONBLOCK | SOCK_CLOEXEC;
        // Protocol 0 hears nothing.
        return new PacketSocket(
                Fd.made("open a packet socket", Libc.here().socket(AF_PACKET, type, 0)));
    }

    /// Sends a frame, its link-layer header included. Returns its length or a negated error.
    public long send(int ifindex, MacAddress destination, ByteBuffer frame) {
        Libc libc = Libc.here();
        Memory memory = libc.scratch();
        memory.clear(0, FRAME);
        ByteBuffer view = memory.view();
        view.putShort(0, (short) AF_PACKET);
        view.putInt(IFINDEX_OFFSET, ifindex);
        view.put(HALEN_OFFSET, (byte) MacAddress.BYTES);
        view.put(ADDR_OFFSET, destination.octets());
        int bytes = memory.put(FRAME, frame);
        return libc.sendto(
                fd.number(), memory.at(FRAME), bytes, 0, memory.at(0), SOCKADDR_LL_BYTES);
    }

    /// Sends a packet, and lets the kernel write the link-layer header. Returns its length or a
    /// negated error.
    ///
    /// @param protocol `ETH_P_*`
    /// @param destination a link-layer address of the length that the link has
    public long sendPacket(int ifindex, int protocol, byte[] destination, ByteBuffer packet) {
        Libc libc = Libc.here();
        Memory memory = libc.scratch();
        memory.clear(0, FRAME);
        ByteBuffer view = memory.view();
        view.putShort(0, (short) AF_PACKET);
        view.put(PROTOCOL_OFFSET, (byte) (protocol >>> 8))
                .put(PROTOCOL_OFFSET + 1, (byte) protocol);
        view.putInt(IFINDEX_OFFSET, ifindex);
        view.put(HALEN_OFFSET, (byte) destination.length);
        view.put(ADDR_OFFSET, destination);
        int nameBytes = Math.max(SOCKADDR_LL_BYTES, ADDR_OFFSET + destination.length);
        int bytes = memory.put(FRAME, packet);
        return libc.sendto(fd.number(), memory.at(FRAME), bytes, 0, memory.at(0), nameBytes);
    }

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
