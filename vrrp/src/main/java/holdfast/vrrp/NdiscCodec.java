package holdfast.vrrp;

import holdfast.net.Ipv6Address;
import holdfast.net.MacAddress;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;

/// Unsolicited neighbour advertisements (RFC 4861, section 4.4; RFC 9568, section 8.2.3).
public final class NdiscCodec {

    /// Where they go: every node of the link.
    public static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02L << 48, 1);

    /// The hop limit, by which receivers know that no router forwarded it.
    public static final int HOP_LIMIT = 255;

    private static final MacAddress ALL_NODES_MAC = new MacAddress(0x3333_0000_0001L);
    private static final short ETHERTYPE_IPV6 = (short) 0x86dd;
    private static final int ETHERNET_BYTES = 14;
    private static final int IPV6_BYTES = 40;
    private static final int MESSAGE_BYTES = 32;
    private static final int CHECKSUM_AT = 2;
    private static final int VERSION_6 = 6 << 28;
    private static final byte ICMPV6 = 58;
    private static final byte NEIGHBOUR_ADVERTISEMENT = (byte) 136;
    private static final int ROUTER_FLAG = 1 << 31;
    private static final int OVERRIDE_FLAG = 1 << 29;
    private static final byte TARGET_LINK_LAYER_ADDRESS = 2;
    private static final byte ONE_UNIT_OF_EIGHT = 1;

    private NdiscCodec() {}

    /// The ICMPv6 message, from `address` itself to [#ALL_NODES], with its checksum.
    ///
    /// @param router whether this host forwards on the interface
    public static byte[] unsolicited(MacAddress mac, Ipv6Address address, boolean router) {
        ByteBuffer message =
                ByteBuffer.allocate(MESSAGE_BYTES)
                        .put(NEIGHBOUR_ADVERTISEMENT)
                        .put((byte) 0)
                        .putShort((short) 0)
                        .putInt(OVERRIDE_FLAG | (router ? ROUTER_FLAG : 0))
                        .putLong(address.high())
                        .putLong(address.low())
                        .put(TARGET_LINK_LAYER_ADDRESS)
                        .put(ONE_UNIT_OF_EIGHT)
                        .put(mac.octets())
                        .flip();
        long seed = PseudoHeader.sum(address, ALL_NODES, ICMPV6, MESSAGE_BYTES);
        int checksum = InternetChecksum.of(InternetChecksum.sum(message, seed));
        return message.putShort(CHECKSUM_AT, (short) checksum).array();
    }

    /// The same message as a whole Ethernet frame, for a packet socket.
    public static byte[] unsolicitedFrame(MacAddress mac, Ipv6Address address, boolean router) {
        return ByteBuffer.allocate(ETHERNET_BYTES + IPV6_BYTES + MESSAGE_BYTES)
                .put(ALL_NODES_MAC.octets())
                .put(mac.octets())
                .putShort(ETHERTYPE_IPV6)
                .putInt(VERSION_6)
                .putShort((short) MESSAGE_BYTES)
                .put(ICMPV6)
                .put((byte) HOP_LIMIT)
                .put(address.octets())
                .put(ALL_NODES.octets())
                .put(unsolicited(mac, address, router))
                .array();
    }
}
