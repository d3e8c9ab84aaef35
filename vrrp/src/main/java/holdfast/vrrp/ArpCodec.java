package holdfast.vrrp;

import holdfast.net.Ipv4Address;
import holdfast.net.MacAddress;
import java.nio.ByteBuffer;

/// Gratuitous ARP as Ethernet frames (RFC 5227, section 3; RFC 9568, section 8.2.2).
public final class ArpCodec {

    private static final int FRAME_BYTES = 42;
    private static final short ETHERTYPE_ARP = 0x0806;
    private static final short HARDWARE_ETHERNET = 1;
    private static final short PROTOCOL_IPV4 = 0x0800;
    private static final int IPV4_BYTES = 4;
    private static final short REQUEST = 1;

    private ArpCodec() {}

    /// A broadcast frame that tells all neighbours and switches that `address` is at `mac` now.
    public static byte[] gratuitous(MacAddress mac, Ipv4Address address) {
        return ByteBuffer.allocate(FRAME_BYTES)
                .put(MacAddress.BROADCAST.octets())
                .put(mac.octets())
                .putShort(ETHERTYPE_ARP)
                .putShort(HARDWARE_ETHERNET)
                .putShort(PROTOCOL_IPV4)
                .put((byte) MacAddress.BYTES)
                .put((byte) IPV4_BYTES)
                .putShort(REQUEST)
                .put(mac.octets())
                .putInt(address.bits())
                .put(MacAddress.BROADCAST.octets())
                .putInt(address.bits())
                .array();
    }
}
