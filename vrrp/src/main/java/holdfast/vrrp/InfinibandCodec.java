package holdfast.vrrp;

import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The announcements of [ArpCodec] and [NdiscCodec] for IP over InfiniBand (RFC 4391), whose
/// link-layer addresses have 20 octets. They go without a link-layer header, which the kernel
/// makes.
public final class InfinibandCodec {

    /// Of a link-layer address.
    public static final int ADDRESS_BYTES = 20;

    private static final int ARP_BYTES = 8 + 2 * (ADDRESS_BYTES + 4);
    private static final short HARDWARE_INFINIBAND = 32;
    private static final short PROTOCOL_IPV4 = 0x0800;
    private static final int IPV4_BYTES = 4;
    private static final short REQUEST = 1;

    private static final int IPV6_BYTES = 40;
    private static final int MESSAGE_BYTES = 48;
    private static final int CHECKSUM_AT = 2;
    private static final int VERSION_6 = 6 << 28;
    private static final byte ICMPV6 = 58;
    private static final byte NEIGHBOUR_ADVERTISEMENT = (byte) 136;
    private static final int ROUTER_FLAG = 1 << 31;
    private static final int OVERRIDE_FLAG = 1 << 29;
    private static final byte TARGET_LINK_LAYER_ADDRESS = 2;
    private static final byte THREE_UNITS_OF_EIGHT = 3;

    /// Where in a multicast address the signature of the protocol and the group are.
    private static final int SIGNATURE_AT = 6;

    private static final short SIGNATURE_IPV6 = 0x601b;
    private static final int GROUP_AT = 10;
    private static final int GROUP_BYTES = ADDRESS_BYTES - GROUP_AT;

    private InfinibandCodec() {}

    /// A gratuitous ARP (RFC 4391, section 9.1).
    ///
    /// @param own the link-layer address of the interface
    /// @param broadcast that of all on its link, where this goes
    public static byte[] gratuitous(byte[] own, byte[] broadcast, Ipv4Address address) {
        return ByteBuffer.allocate(ARP_BYTES)
                .putShort(HARDWARE_INFINIBAND)
                .putShort(PROTOCOL_IPV4)
                .put((byte) ADDRESS_BYTES)
                .put((byte) IPV4_BYTES)
                .putShort(REQUEST)
                .put(own)
                .putInt(address.bits())
                .put(broadcast)
                .putInt(address.bits())
                .array();
    }

    /// An unsolicited neighbour advertisement with its IPv6 header (RFC 4391, section 9.3).
    ///
    /// @param router whether this host forwards on the interface
    public static byte[] unsolicited(byte[] own, Ipv6Address address, boolean router) {
        ByteBuffer message =
                ByteBuffer.allocate(MESSAGE_BYTES)
                        .put(NEIGHBOUR_ADVERTISEMENT)
                        .put((byte) 0)
                        .putShort((short) 0)
                        .putInt(OVERRIDE_FLAG | (router ? ROUTER_FLAG : 0))
                        .putLong(address.high())
                        .putLong(address.low())
                        .put(TARGET_LINK_LAYER_ADDRESS)
                        .put(THREE_UNITS_OF_EIGHT)
                        .putShort((short) 0)
                        .put(own)
                        .flip();
        long seed = PseudoHeader.sum(address, NdiscCodec.ALL_NODES, ICMPV6, MESSAGE_BYTES);
        message.putShort(
                CHECKSUM_AT, (short) InternetChecksum.of(InternetChecksum.sum(message, seed)));
        return ByteBuffer.allocate(IPV6_BYTES + MESSAGE_BYTES)
                .putInt(VERSION_6)
                .putShort((short) MESSAGE_BYTES)
                .put(ICMPV6)
                .put((byte) NdiscCodec.HOP_LIMIT)
                .put(address.octets())
                .put(NdiscCodec.ALL_NODES.octets())
                .put(message.array())
                .array();
    }

    /// Where all nodes of IPv6 listen: as the broadcast address, with the group in it (RFC 4391,
    /// section 4).
    public static byte[] allNodes(byte[] broadcast) {
        byte[] group = NdiscCodec.ALL_NODES.octets();
        return ByteBuffer.wrap(Arrays.copyOf(broadcast, ADDRESS_BYTES))
                .putShort(SIGNATURE_AT, SIGNATURE_IPV6)
                .put(GROUP_AT, group, group.length - GROUP_BYTES, GROUP_BYTES)
                .array();
    }
}
