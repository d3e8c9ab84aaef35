package holdfast.netlink.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.netlink.Golden;
import holdfast.netlink.MessageWriter;
import java.util.List;
import java.util.Map;
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
                        Route.RT_SCOPE_LINK,
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

    private static Route route(
            IpPrefix destination,
            int table,
            int protocol,
            int type,
            int metric,
            List<Route.NextHop> hops) {
        return new Route(
                destination,
                Optional.empty(),
                0,
                table,
                protocol,
                0,
                type,
                metric,
                Optional.empty(),
                Map.of(),
                hops);
    }

    private static Route.NextHop hop(String gateway, int weight, boolean onLink) {
        return new Route.NextHop(3, Optional.of(ip(gateway)), weight, onLink);
    }

    /// ip route add 203.0.113.0/24 via 198.51.100.2 dev d0 src 198.51.100.1 metric 50 proto 18
    /// onlink
    @Test
    void addsARoute() {
        RouteCodec.add(
                out,
                SEQUENCE,
                new Route(
                        prefix("203.0.113.0", 24),
                        Optional.empty(),
                        0,
                        Route.RT_TABLE_MAIN,
                        18,
                        0,
                        Route.RTN_UNICAST,
                        50,
                        Optional.of(ip("198.51.100.1")),
                        Map.of(),
                        List.of(hop("198.51.100.2", 1, true))));
        sent(
                """
                44000000180005063fd8006b0000000002180000fe1200010400000008000100cb00710008000500c6
                33640208000700c633640108000600320000000800040003000000""");
    }

    /// ip route add 203.0.114.0/24 proto 18 nexthop via 198.51.100.2 dev d0 weight 3 onlink
    /// nexthop via 198.51.100.3 dev d0 onlink
    @Test
    void addsARouteWithSeveralNextHops() {
        RouteCodec.add(
                out,
                SEQUENCE,
                route(
                        prefix("203.0.114.0", 24),
                        Route.RT_TABLE_MAIN,
                        18,
                        Route.RTN_UNICAST,
                        0,
                        List.of(hop("198.51.100.2", 3, true), hop("198.51.100.3", 1, true))));
        sent(
                """
                48000000180005063fd8006b0000000002180000fe1200010000000008000100cb0072002400090010
                0004020300000008000500c6336402100004000300000008000500c6336403""");
    }

    /// ip -6 route add 2001:db8:5::/48 via 2001:db8::2 dev d0 metric 77 proto 18 mtu 1400
    @Test
    void addsAnIpv6RouteWithAnMtu() {
        RouteCodec.add(
                out,
                SEQUENCE,
                new Route(
                        prefix("2001:db8:5::", 48),
                        Optional.empty(),
                        0,
                        Route.RT_TABLE_MAIN,
                        18,
                        0,
                        Route.RTN_UNICAST,
                        77,
                        Optional.empty(),
                        Map.of(2, 1400),
                        List.of(hop("2001:db8::2", 1, false))));
        String recorded =
                """
                60000000180005063fd8006b000000000a300000fe120001000000001400010020010db80005000000
                000000000000001400050020010db800000000000000000000000208000600\
                4d000000080004000300\
                00000c0008000800020078050000""";
        sent(recorded);
    }

    /// ip route add blackhole 203.0.115.0/24 table 200
    @Test
    void addsARouteToNowhere() {
        RouteCodec.add(
                out,
                SEQUENCE,
                route(
                        prefix("203.0.115.0", 24),
                        200,
                        Route.RTPROT_BOOT,
                        Route.RTN_BLACKHOLE,
                        0,
                        List.of()));
        sent("24000000180005063fd8006b0000000002180000c80300060000000008000100cb007300");
    }

    /// ip rule add from 192.0.2.0/24 to 10.0.0.0/8 iif d0 fwmark 0x5/0xff table 200 priority 1000
    /// protocol 18
    @Test
    void addsARule() {
        RuleCodec.add(
                out,
                SEQUENCE,
                new Rule(
                        Family.INET,
                        false,
                        Optional.of(prefix("192.0.2.0", 24)),
                        Optional.of(prefix("10.0.0.0", 8)),
                        Optional.of("d0"),
                        Optional.empty(),
                        0,
                        5,
                        0xff,
                        Rule.FR_ACT_TO_TBL,
                        200,
                        0,
                        1000,
                        18));
        sent(
                """
                54000000200005063fd8006b0000000002081800c80000010000000008000200c0000200080001000a
                000000070003006430000008000a000500000008001000ff00000008000600e8030000050015001200
                0000""");
    }
}
