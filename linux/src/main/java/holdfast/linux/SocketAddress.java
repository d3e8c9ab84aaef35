package holdfast.linux;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// struct sockaddr_in and struct sockaddr_in6 as bytes.
final class SocketAddress {

    static final int INET_BYTES = 16;
    static final int INET6_BYTES = 28;
    static final int BYTES_MAX = 32;

    static final int PORT_OFFSET = 2;
    static final int INET_ADDRESS_OFFSET = 4;
    private static final int INET_PADDING_OFFSET = 8;
    private static final int INET6_FLOW_OFFSET = 4;
    static final int INET6_ADDRESS_OFFSET = 8;
    static final int INET6_SCOPE_OFFSET = 24;

    private SocketAddress() {}

    /// Writes an address to `offset`, and returns its length.
    ///
    /// @param scope the interface that a link-local address of IPv6 belongs to, or 0
    static int put(Memory memory, int offset, IpAddress address, int port, int scope) {
        ByteBuffer view = memory.view();
        view.putShort(offset, (short) address.family().number());
        view.put(offset + PORT_OFFSET, (byte) (port >>> 8));
        view.put(offset + PORT_OFFSET + 1, (byte) port);
        if (address instanceof Ipv4Address(int bits)) {
            view.putInt(offset + INET_ADDRESS_OFFSET, swapped(bits));
            view.putLong(offset + INET_PADDING_OFFSET, 0);
            return INET_BYTES;
        }
        boolean scoped = address.isLinkLocal() || address.isMulticast();
        view.putInt(offset + INET6_FLOW_OFFSET, 0);
        view.put(offset + INET6_ADDRESS_OFFSET, address.octets());
        view.putInt(offset + INET6_SCOPE_OFFSET, scoped ? scope : 0);
        return INET6_BYTES;
    }

    /// All addresses of a host.
    static IpAddress any(Family family) {
        return IpAddress.of(new byte[family.bits() / Byte.SIZE]);
    }

    /// The address that the kernel wrote to `offset`.
    static IpAddress address(Memory memory, int offset) {
        boolean inet = memory.view().getShort(offset) == Family.INET.number();
        return inet
                ? inet(memory, offset + INET_ADDRESS_OFFSET)
                : address(memory, offset + INET6_ADDRESS_OFFSET, 16);
    }

    /// The port that the kernel wrote to `offset`.
    static int port(Memory memory, int offset) {
        return Short.toUnsignedInt(
                memory.view()
                        .duplicate()
                        .order(ByteOrder.BIG_ENDIAN)
                        .getShort(offset + PORT_OFFSET));
    }

    /// The IPv4 address at `offset`.
    static Ipv4Address inet(Memory memory, int offset) {
        return new Ipv4Address(swapped(memory.view().getInt(offset)));
    }

    /// From the order of this machine to that of the network, or back.
    private static int swapped(int bits) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return little ? Integer.reverseBytes(bits) : bits;
    }

    static IpAddress address(Memory memory, int offset, int bytes) {
        byte[] octets = new byte[bytes];
        memory.view().get(offset, octets);
        return IpAddress.of(octets);
    }
}
