package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.routing.Encapsulation;
import holdfast.routing.RouteMetrics;
import holdfast.routing.RouteTraits;
import holdfast.routing.Rule;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.RuleSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Routes and rules read as they do in Keepalived's dumps.
class RoutingTextTest {

    private static final IpPrefix NET = prefix("10.20.0.0", 24);

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static IpPrefix prefix(String text, int length) {
        return new IpPrefix(ip(text), length);
    }

    private static RouteTraits plain(int type) {
        return RouteTraits.of(type, RouteTraits.RTPROT_KEEPALIVED, RouteTraits.RT_TABLE_MAIN, 0);
    }

    private static RouteSpec.Way way(String gateway, int weight) {
        return new RouteSpec.Way(
                Optional.of("eth0"), Optional.of(ip(gateway)), weight, false, Optional.empty(), 0);
    }

    private static RouteSpec route(
            IpPrefix destination, RouteTraits traits, RouteSpec.Way... ways) {
        return new RouteSpec(
                destination,
                Optional.empty(),
                traits,
                Optional.empty(),
                List.of(ways),
                RouteSpec.Placing.PREPEND,
                true);
    }

    @Test
    void aRouteReadsAsItWasWritten() {
        assertEquals(
                "prepend 10.20.0.0/24 via inet 10.0.0.2 dev eth0 proto 18",
                RoutingText.of(route(NET, plain(1), way("10.0.0.2", 1))));
        assertEquals(
                "route prepend 10.20.0.0/24 proto 18 nexthop via inet 10.0.0.2 dev eth0 weight 2"
                        + " nexthop via inet6 fd00::2 dev eth0",
                RoutingText.named(route(NET, plain(1), way("10.0.0.2", 2), way("fd00::2", 1))));
        assertEquals(
                "prepend blackhole 10.20.0.1 proto 18",
                RoutingText.of(
                        route(IpPrefix.host(ip("10.20.0.1")), plain(RouteTraits.RTN_BLACKHOLE))));
    }

    @Test
    void everyTraitIsSaid() {
        RouteTraits traits =
                new RouteTraits(
                        RouteTraits.RTN_UNICAST,
                        200,
                        18,
                        100,
                        16,
                        5,
                        Optional.of(ip("10.0.0.1")),
                        3 << 16 | 4,
                        Optional.of(1),
                        Optional.of(1000),
                        Optional.of(true),
                        new RouteMetrics(
                                new TreeMap<>(
                                        Map.of(2, 1300, 4, 1600, 5, 800, 12, 1, 13, 300, 10, 10)),
                                1 << 2 | 1 << 16,
                                Optional.of("reno")));
        RouteSpec spec =
                new RouteSpec(
                        NET,
                        Optional.of(prefix("fd00::", 64)),
                        traits,
                        Optional.of("blue"),
                        List.of(
                                new RouteSpec.Way(
                                        Optional.empty(),
                                        Optional.of(ip("10.0.0.2")),
                                        1,
                                        true,
                                        Optional.of(new Encapsulation.Mpls(List.of(100, 200))),
                                        0)),
                        RouteSpec.Placing.APPEND,
                        false);
        assertEquals(
                "append 10.20.0.0/24 from fd00::/64 src 10.0.0.1 tos 16 encap mpls 100/200"
                        + " via inet 10.0.0.2 table 100 vrf blue proto 18 scope 200 metric 5"
                        + " realms 3/4 onlink expires 1000sec congctl lock reno mtu lock 1300"
                        + " rtt 200ms rttvar 200ms hoplimit 10 features ecn rto_min 300ms pref high"
                        + " ttl-propagate enabled no_track",
                RoutingText.of(spec));
    }

    @Test
    void tunnelsAreNamedWithTheirOptions() {
        Optional<Long> id = Optional.of(5L);
        Encapsulation ip =
                new Encapsulation.Ip(
                        id,
                        Optional.of(Ipv4Address.of(1, 1, 1, 1)),
                        Optional.empty(),
                        Optional.of(9),
                        Optional.of(4),
                        Optional.of(8));
        Encapsulation ip6 =
                new Encapsulation.Ip6(
                        id,
                        Optional.of(new Ipv6Address(0xfd00L << 48, 9)),
                        Optional.empty(),
                        Optional.of(5),
                        Optional.empty(),
                        Optional.empty());
        assertEquals("encap ip id 5 dst 1.1.1.1 tos 4 ttl 9 flags 0x8", tunnel(ip));
        assertEquals("encap ip6 id 5 dst fd00::9 hoplimit 5", tunnel(ip6));
        assertEquals("encap ila 1:2:3:f", tunnel(new Encapsulation.Ila(0x1_0002_0003_000fL)));
    }

    private static String tunnel(Encapsulation encapsulation) {
        RouteSpec.Way way =
                new RouteSpec.Way(
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        false,
                        Optional.of(encapsulation),
                        0);
        String text = RoutingText.of(route(NET, plain(1), way));
        return text.replace("prepend 10.20.0.0/24 ", "").replace(" proto 18", "");
    }

    private static RuleSpec rule(Rule.Match match, Rule.Action action, boolean tracked) {
        return new RuleSpec(new Rule(Family.INET, 100, match, action, 18), tracked);
    }

    private static Rule.Action action(int kind, int target, boolean ofDevice) {
        return new Rule.Action(kind, 0, target, ofDevice, 0, Optional.empty(), Optional.empty());
    }

    @Test
    void aRuleReadsAsItWasWritten() {
        Rule.Match match =
                new Rule.Match(
                        true,
                        Optional.of(prefix("10.1.0.0", 16)),
                        Optional.of(prefix("10.2.0.0", 16)),
                        Optional.of("eth0"),
                        Optional.of("eth1"),
                        0x10,
                        new Rule.Mark(5, 0xff),
                        Optional.of(new Rule.Range(1000, 2000)),
                        6,
                        Optional.of(new Rule.Range(10, 20)),
                        Optional.of(new Rule.Range(30, 30)),
                        77);
        Rule.Action action =
                new Rule.Action(
                        Rule.FR_ACT_TO_TBL, 100, 0, false, 6, Optional.of(8), Optional.of(3));
        assertEquals(
                "rule not from 10.1.0.0/16 to 10.2.0.0/16 priority 100 tos 0x10 fwmark 0x5/0xff"
                        + " iif eth0 oif eth1 suppress_prefixlen 8 suppress_ifgroup 3 tunnel-id 77"
                        + " uidrange 1000-2000 protocol 18 ipproto 6 sport 10-20 dport 30-30"
                        + " realms 6 lookup 100 no_track",
                RoutingText.named(rule(match, action, false)));
    }

    @Test
    void everyActionHasItsWord() {
        Rule.Match all = Rule.Match.between(Optional.empty(), Optional.empty());
        String begin = "from all priority 100 tos 0x0 protocol 18 ";
        Map<Rule.Action, String> words =
                Map.of(
                        Rule.Action.lookUp(254), "lookup 254",
                        action(Rule.FR_ACT_GOTO, 300, false), "goto 300",
                        action(Rule.FR_ACT_NOP, 0, false), "nop",
                        action(Rule.FR_ACT_BLACKHOLE, 0, false), "type blackhole",
                        action(Rule.FR_ACT_UNREACHABLE, 0, false), "type unreachable",
                        action(Rule.FR_ACT_PROHIBIT, 0, false), "type prohibit",
                        action(Rule.FR_ACT_TO_TBL, 0, true), "l3mdev");
        words.forEach(
                (action, word) ->
                        assertEquals(begin + word, RoutingText.of(rule(all, action, true))));
    }
}
