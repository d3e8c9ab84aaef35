package holdfast.netlink.rt;

import static holdfast.netlink.rt.RtRequestTest.ip;
import static holdfast.netlink.rt.RtRequestTest.prefix;
import static holdfast.routing.RouteMetrics.RTAX_FEATURES;
import static holdfast.routing.RouteMetrics.RTAX_HOPLIMIT;
import static holdfast.routing.RouteMetrics.RTAX_MTU;
import static holdfast.routing.RouteMetrics.RTAX_QUICKACK;
import static holdfast.routing.RouteMetrics.RTAX_RTO_MIN;
import static holdfast.routing.RouteTraits.RTN_BLACKHOLE;
import static holdfast.routing.RouteTraits.RTN_UNICAST;
import static holdfast.routing.RouteTraits.RTPROT_BOOT;
import static holdfast.routing.RouteTraits.RTPROT_KEEPALIVED;
import static holdfast.routing.RouteTraits.RT_TABLE_MAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.routing.Encapsulation;
import holdfast.routing.RouteMetrics;
import holdfast.routing.RouteTraits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The same bytes as `ip route` sends; each test names the command that was recorded. Padding,
/// which `ip` leaves as it is, is zero here.
class RouteRequestTest {

    private static final int SEQUENCE = 0x6b00d83f;
    private static final int DEVICE = 3;
    private static final Optional<Encapsulation> PLAIN = Optional.empty();
    private static final RouteTraits OURS =
            RouteTraits.of(RTN_UNICAST, RTPROT_KEEPALIVED, RT_TABLE_MAIN, 0);

    private final MessageWriter out = Golden.writer();

    private void sent(String hex) {
        assertEquals(hex.replaceAll("\\s", ""), Golden.hex(out));
    }

    private static Route route(IpPrefix destination, RouteTraits traits, Route.NextHop... hops) {
        return new Route(destination, Optional.empty(), traits, List.of(hops));
    }

    private static Route.NextHop hop(String gateway, int weight, boolean onLink) {
        return new Route.NextHop(DEVICE, Optional.of(ip(gateway)), weight, onLink, PLAIN, 0);
    }

    private static Route.NextHop through(Encapsulation tunnel, String gateway) {
        return new Route.NextHop(
                DEVICE, Optional.of(ip(gateway)), 1, false, Optional.of(tunnel), 0);
    }

    private static RouteTraits metrics(int metric, RouteMetrics metrics) {
        return with(OURS, metric, Optional.empty(), metrics);
    }

    private static RouteTraits with(
            RouteTraits base, int metric, Optional<String> source, RouteMetrics metrics) {
        return new RouteTraits(
                base.type(),
                base.scope(),
                base.protocol(),
                base.table(),
                base.tos(),
                metric,
                source.map(RtRequestTest::ip),
                base.realms(),
                base.preference(),
                base.expires(),
                base.ttlPropagate(),
                metrics);
    }

    /// ip route add 203.0.113.0/24 via 198.51.100.2 dev d0 src 198.51.100.1 metric 50 proto 18
    /// onlink
    @Test
    void addsARoute() {
        RouteTraits traits = with(OURS, 50, Optional.of("198.51.100.1"), RouteMetrics.NONE);
        RouteCodec.add(
                out,
                SEQUENCE,
                route(prefix("203.0.113.0", 24), traits, hop("198.51.100.2", 1, true)));
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
                        OURS,
                        hop("198.51.100.2", 3, true),
                        hop("198.51.100.3", 1, true)));
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
                route(
                        prefix("2001:db8:5::", 48),
                        metrics(77, RouteMetrics.of(Map.of(RTAX_MTU, 1400))),
                        hop("2001:db8::2", 1, false)));
        sent(
                """
                60000000180005063fd8006b000000000a300000fe120001000000001400010020010db80005000000
                000000000000001400050020010db800000000000000000000000208000600\
                4d000000080004000300\
                00000c0008000800020078050000""");
    }

    /// ip route add blackhole 203.0.115.0/24 table 200
    @Test
    void addsARouteToNowhere() {
        RouteTraits traits = RouteTraits.of(RTN_BLACKHOLE, RTPROT_BOOT, 200, 0);
        RouteCodec.add(out, SEQUENCE, route(prefix("203.0.115.0", 24), traits));
        sent("24000000180005063fd8006b0000000002180000c80300060000000008000100cb007300");
    }

    /// ip route add 203.0.113.0/24 via 198.51.100.2 realms 3/4 ttl-propagate enabled dev d0
    /// proto 18 mtu lock 1300 hoplimit 9 features ecn rto_min 300ms quickack 1 congctl lock
    /// reno
    @Test
    void addsARouteWithManyMetrics() {
        Map<Integer, Integer> values =
                Map.of(
                        RTAX_MTU, 1300,
                        RTAX_HOPLIMIT, 9,
                        RTAX_FEATURES, 1,
                        RTAX_RTO_MIN, 300,
                        RTAX_QUICKACK, 1);
        // ip locks rto_min by itself.
        int locked = 1 << RTAX_MTU | 1 << RTAX_RTO_MIN | 1 << RouteMetrics.RTAX_CC_ALGO;
        RouteTraits traits =
                new RouteTraits(
                        RTN_UNICAST,
                        0,
                        RTPROT_KEEPALIVED,
                        RT_TABLE_MAIN,
                        0,
                        0,
                        Optional.empty(),
                        3 << 16 | 4,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(true),
                        new RouteMetrics(new TreeMap<>(values), locked, Optional.of("reno")));
        RouteCodec.add(
                out,
                SEQUENCE,
                route(prefix("203.0.113.0", 24), traits, hop("198.51.100.2", 1, false)));
        sent(
                """
                80000000180005063fd8006b0000000002180000fe1200010000000008000100cb00710008000500
                c633640208000b000400030005001a000100000008000400030000003c0008000800020014050000
                08000a000900000008000c000100000008000d002c01000008000f00010000000800100072656e6f
                0800010004200100""");
    }

    /// ip route add 203.0.114.0/24 encap ip id 5 dst 192.0.2.1 src 192.0.2.2 ttl 9 tos 4 via
    /// 198.51.100.2 dev d0 proto 18
    @Test
    void addsARouteThroughATunnel() {
        Encapsulation tunnel =
                new Encapsulation.Ip(
                        Optional.of(5L),
                        Optional.of(Ipv4Address.of(192, 0, 2, 1)),
                        Optional.of(Ipv4Address.of(192, 0, 2, 2)),
                        Optional.of(9),
                        Optional.of(4),
                        Optional.empty());
        RouteCodec.add(
                out,
                SEQUENCE,
                route(prefix("203.0.114.0", 24), OURS, through(tunnel, "198.51.100.2")));
        sent(
                """
                6c000000180005063fd8006b0000000002180000fe1200010000000008000100cb00720030001680
                0c000100000000000000000508000200c000020108000300c0000202050004000900000005000500
                04000000060015000200000008000500c63364020800040003000000""");
    }

    /// ip route add 203.0.115.0/24 encap ip6 id 5 dst fd00::9 hoplimit 5 tc 7 via 198.51.100.2
    /// dev d0 proto 18
    @Test
    void addsARouteThroughAnIpv6Tunnel() {
        Encapsulation tunnel =
                new Encapsulation.Ip6(
                        Optional.of(5L),
                        Optional.of(new Ipv6Address(0xfd00_0000_0000_0000L, 9)),
                        Optional.empty(),
                        Optional.of(5),
                        Optional.of(7),
                        Optional.empty());
        RouteCodec.add(
                out,
                SEQUENCE,
                route(prefix("203.0.115.0", 24), OURS, through(tunnel, "198.51.100.2")));
        sent(
                """
                70000000180005063fd8006b0000000002180000fe1200010000000008000100cb00730034001680
                0c000100000000000000000514000200fd0000000000000000000000000000090500040005000000
                0500050007000000060015000400000008000500c63364020800040003000000""");
    }

    /// ip route add 203.0.116.0/24 encap mpls 100/200 via 198.51.100.2 dev d0 proto 18
    @Test
    void addsARouteWithLabels() {
        Encapsulation tunnel = new Encapsulation.Mpls(List.of(100, 200));
        RouteCodec.add(
                out,
                SEQUENCE,
                route(prefix("203.0.116.0", 24), OURS, through(tunnel, "198.51.100.2")));
        sent(
                """
                4c000000180005063fd8006b0000000002180000fe1200010000000008000100cb00740010001680
                0c00010000064000000c8100060015000100000008000500c63364020800040003000000""");
    }

    /// ip -6 route add 2001:db8:9::/48 encap ila 1:2:3:4 via 2001:db8::2 dev d0 proto 18
    @Test
    void addsARouteThatChangesTheLocator() {
        Encapsulation tunnel = new Encapsulation.Ila(0x0001_0002_0003_0004L);
        RouteCodec.add(
                out,
                SEQUENCE,
                route(prefix("2001:db8:9::", 48), OURS, through(tunnel, "2001:db8::2")));
        sent(
                """
                64000000180005063fd8006b000000000a300000fe120001000000001400010020010db800090000
                0000000000000000100016800c000100000100020003000406001500030000001400050020010db8
                0000000000000000000000020800040003000000""");
    }

    /// ip -6 route add 2001:db8:6::/48 from 2001:db8::/64 via 2001:db8::2 dev d0 metric 55 pref
    /// high expires 1000 proto 18
    @Test
    void addsAnIpv6RouteFromASource() {
        RouteTraits traits =
                new RouteTraits(
                        RTN_UNICAST,
                        0,
                        RTPROT_KEEPALIVED,
                        RT_TABLE_MAIN,
                        0,
                        55,
                        Optional.empty(),
                        0,
                        Optional.of(1),
                        Optional.of(1000),
                        Optional.empty(),
                        RouteMetrics.NONE);
        RouteCodec.add(
                out,
                SEQUENCE,
                new Route(
                        prefix("2001:db8:6::", 48),
                        Optional.of(prefix("2001:db8::", 64)),
                        traits,
                        List.of(hop("2001:db8::2", 1, false))));
        sent(
                """
                78000000180005063fd8006b000000000a304000fe120001000000001400010020010db800060000
                00000000000000001400020020010db80000000000000000000000001400050020010db800000000
                00000000000000020800060037000000050014000100000008001700e80300000800040003000000""");
    }

    /// ip route prepend 203.0.117.0/24 proto 18 nexthop encap ip dst 192.0.2.1 via 198.51.100.2
    /// dev d0 weight 3 realms 5 nexthop via inet6 2001:db8::2 dev d0
    @Test
    void prependsARouteWithVariousNextHops() {
        Encapsulation tunnel =
                new Encapsulation.Ip(
                        Optional.empty(),
                        Optional.of(Ipv4Address.of(192, 0, 2, 1)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        Route.NextHop first =
                new Route.NextHop(
                        DEVICE, Optional.of(ip("198.51.100.2")), 3, false, Optional.of(tunnel), 5);
        RouteCodec.prepend(
                out,
                SEQUENCE,
                route(prefix("203.0.117.0", 24), OURS, first, hop("2001:db8::2", 1, false)));
        sent(
                """
                74000000180005043fd8006b0000000002180000fe1200010000000008000100cb00750050000900
                2c000002030000000c00168008000200c0000201060015000200000008000500c633640208000b00
                050000002000000003000000160012000a0020010db80000000000000000000000020000""");
    }

    /// ip route append 203.0.118.0/24 tos 0x10 dev d0 scope site table 2000 proto 18
    @Test
    void appendsARouteToATableOfAHighNumber() {
        RouteCodec.append(out, SEQUENCE, ofSite());
        sent(
                """
                340000001800050c3fd8006b00000000021800100012c8010000000008000100cb00760008000f00
                d00700000800040003000000""");
    }

    /// ip route del unicast 203.0.118.0/24 tos 0x10 dev d0 scope site table 2000 proto 18
    @Test
    void deletesARoute() {
        RouteCodec.delete(out, SEQUENCE, ofSite());
        sent(
                """
                34000000190005003fd8006b00000000021800100012c8010000000008000100cb00760008000f00
                d00700000800040003000000""");
    }

    private static Route ofSite() {
        RouteTraits traits =
                new RouteTraits(
                        RTN_UNICAST,
                        RouteTraits.RT_SCOPE_SITE,
                        RTPROT_KEEPALIVED,
                        2000,
                        0x10,
                        0,
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        RouteMetrics.NONE);
        Route.NextHop device =
                new Route.NextHop(DEVICE, Optional.empty(), 1, false, Optional.empty(), 0);
        return route(prefix("203.0.118.0", 24), traits, device);
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        Encapsulation ip =
                new Encapsulation.Ip(
                        Optional.of(5L),
                        Optional.of(Ipv4Address.of(192, 0, 2, 1)),
                        Optional.empty(),
                        Optional.of(64),
                        Optional.empty(),
                        Optional.of(8));
        Encapsulation ip6 =
                new Encapsulation.Ip6(
                        Optional.empty(),
                        Optional.of(new Ipv6Address(0xfd00_0000_0000_0000L, 9)),
                        Optional.of(new Ipv6Address(0xfd00_0000_0000_0000L, 8)),
                        Optional.empty(),
                        Optional.of(3),
                        Optional.empty());
        for (Encapsulation tunnel :
                List.of(
                        ip,
                        ip6,
                        new Encapsulation.Mpls(List.of(16, 0xf_ffff)),
                        new Encapsulation.Ila(-2))) {
            Route route =
                    route(
                            prefix("203.0.113.0", 24),
                            metrics(
                                    1,
                                    new RouteMetrics(
                                            new TreeMap<>(Map.of(2, -1)), 4, Optional.empty())),
                            through(tunnel, "198.51.100.2"),
                            hop("2001:db8::2", 256, true));
            out.clear();
            RouteCodec.add(out, SEQUENCE, route);
            Message message = Message.in(out.batch()).getFirst();
            assertEquals(Optional.of(route), RouteCodec.decode(message));
        }
    }
}
