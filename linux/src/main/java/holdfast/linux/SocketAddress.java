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
    static final int INET6_ADDRESS_OFFSET = 8;
    static final int INET6_SCOPE_OFFSET = 24;

    private SocketAddress() {}

    /// Writes an address to `offset`, and returns its length.
    ///
    /// @param scope the interface that a link-local address of IPv6 belongs to, or 0
    static int put(Memory memory, int offset, IpAddress address, int port, int scope) {
        boolean inet = address.family() == Family.INET;
        int bytes = inet ? INET_BYTES : INET6_BYTES;
        memory.clear(offset, bytes);
        ByteBuffer view = memory.view();
        view.putShort(offset, (short) address.family().number());
        view.put(offset + PORT_OFFSET, (byte) (port >>> 8));
        view.put(offset + PORT_OFFSET + 1, (byte) port);
        view.put(offset + (inet ? INET_ADDRESS_OFFSET : INET6_ADDRESS_OFFSET), address.octets());
        if (!inet) {
            boolean scoped = address.isLinkLocal() || address.isMulticast();
            view.putInt(offset + INET6_SCOPE_OFFSET, scoped ? scope : 0);
        }
        return bytes;
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
        int bits = memory.view().getInt(offset);
        boolean swapped = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return new Ipv4Address(swapped ? Integer.reverseBytes(bits) : bits);
    }

    static IpAddress address(Memory memory, int offset, int bytes) {
        byte[] octets = new byte[bytes];
        memory.view().get(offset, octets);
        return IpAddress.of(octets);
    }
}
