package holdfast.netlink.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.netlink.Golden;
import holdfast.netlink.MessageWriter;
import holdfast.routing.RouteTraits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The same bytes as `ip` of iproute2 sends; each test names the command that was recorded.
class RtRequestTest {

    private static final int SEQUENCE = 0x6b00d83f;

    private final MessageWriter out = Golden.writer();

    private void sent(String hex) {
        assertEquals(hex.replaceAll("\\s", ""), Golden.hex(out));
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static IpPrefix prefix(String text, int length) {
        return new IpPrefix(ip(text), length);
    }

    private static InterfaceAddress address(IpPrefix prefix, String label, String broadcast) {
        return new InterfaceAddress(
                3,
                prefix,
                Optional.empty(),
                Optional.of(ip(broadcast)),
                Optional.of(label),
                0,
                0,
                0,
                InterfaceAddress.FOREVER,
                InterfaceAddress.FOREVER);
    }

    /// ip addr add 192.0.2.9/24 dev d0 label d0:1 brd 192.0.2.255 scope global
    @Test
    void addsAnAddressWithLabelAndBroadcast() {
        AddressCodec.add(out, SEQUENCE, address(prefix("192.0.2.9", 24), "d0:1", "192.0.2.255"));
        sent(
                """
                3c000000140005063fd8006b00000000021800000300000008000200c00002090900030064303a3100
                00000008000400c00002ff08000100c0000209""");
    }

    /// ip addr del 192.0.2.9/24 dev d0
    @Test
    void deletesAnAddress() {
        AddressCodec.delete(out, SEQUENCE, InterfaceAddress.plain(3, prefix("192.0.2.9", 24)));
        sent("28000000150005003fd8006b00000000021800000300000008000200c000020908000100c0000209");
    }

    /// ip addr add 198.51.100.1/32 peer 198.51.100.2 dev d0 scope link noprefixroute
    @Test
    void addsAnAddressWithPeerAndManyFlags() {
        AddressCodec.add(
                out,
                SEQUENCE,
                new InterfaceAddress(
                        3,
                        prefix("198.51.100.1", 32),
                        Optional.of(ip("198.51.100.2")),
                        Optional.empty(),
                        Optional.empty(),
                        RouteTraits.RT_SCOPE_LINK,
                        InterfaceAddress.IFA_F_NOPREFIXROUTE,
                        0,
                        InterfaceAddress.FOREVER,
                        InterfaceAddress.FOREVER));
        sent(
                """
                30000000140005063fd8006b00000000022000fd0300000008000200c633640108000100c633640208
                00080000020000""");
    }

    /// ip addr add 2001:db8::1/64 dev d0 nodad home preferred_lft 0
    @Test
    void addsAnIpv6AddressThatIsNotPreferred() {
        AddressCodec.add(
                out,
                SEQUENCE,
                new InterfaceAddress(
                        3,
                        prefix("2001:db8::1", 64),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        InterfaceAddress.IFA_F_NODAD | InterfaceAddress.IFA_F_HOMEADDRESS,
                        0,
                        0,
                        InterfaceAddress.FOREVER));
        sent(
                """
                54000000140005063fd8006b000000000a401200030000001400020020010db8000000000000000000
                0000011400010020010db80000000000000000000000011400060000000000ffffffff000000000000
                0000""");
    }

    /// ip link set d0 up
    @Test
    void setsALinkUp() {
        LinkCodec.set(out, SEQUENCE, 3, true);
        sent("20000000100005003fd8006b0000000000000000030000000100000001000000");
    }

    /// ip link del dev d1
    @Test
    void deletesALink() {
        LinkCodec.delete(out, SEQUENCE, 2);
        sent("20000000110005003fd8006b0000000000000000020000000000000000000000");
    }

    /// ip link add link d0 name vrrp.51 address 00:00:5e:00:01:33 type macvlan mode private
    @Test
    void addsAMacvlan() {
        LinkCodec.addMacvlan(out, SEQUENCE, "vrrp.51", 3, new MacAddress(0x00005e000133L));
        sent(
                """
                5c000000100005063fd8006b00000000000000000000000000000000000000000a00010000005e0001
                33000008000500030000000c000300767272702e3531001c0012000b0001006d6163766c616e000c00
                02000800010001000000""");
    }

    /// ip link add link d0 name x0 type ipvlan mode l2 vepa
    @Test
    void addsAnIpvlan() {
        LinkCodec.addIpvlan(out, SEQUENCE, "x0", 3, Link.IPVLAN_F_VEPA);
        sent(
                """
                54000000100005063fd8006b0000000000000000000000000000000000000000080005000300000007
                00030078300000240012000a0001006970766c616e0000140002000600010000000000060002000200
                0000""");
    }

    /// ip link set d0 group 5
    @Test
    void putsALinkIntoAGroup() {
        LinkCodec.setGroup(out, SEQUENCE, 3, 5);
        sent("28000000100005003fd8006b000000000000000003000000000000000000000008001b0005000000");
    }

    /// ip link set d0 master br0
    @Test
    void putsALinkUnderAMaster() {
        LinkCodec.setMaster(out, SEQUENCE, 3, 9);
        sent("28000000100005003fd8006b000000000000000003000000000000000000000008000a0009000000");
    }
}
