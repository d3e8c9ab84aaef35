package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import holdfast.net.MacAddress;
import java.nio.ByteBuffer;

/// A socket that sends whole Ethernet frames, and receives none.
public final class PacketSocket implements AutoCloseable {

    /// struct sockaddr_ll.
    static final int SOCKADDR_LL_BYTES = 20;

    static final int IFINDEX_OFFSET = 4;
    static final int HALEN_OFFSET = 11;
    static final int ADDR_OFFSET = 12;

    private static final int FRAME = 32;

    private final Fd fd;

    private PacketSocket(Fd fd) {
        this.fd = fd;
    }

    public static PacketSocket open() throws SyscallException {
        int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
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

    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }
}
