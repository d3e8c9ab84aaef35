package holdfast.netlink.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.MacAddress;
import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.routing.RouteMetrics;
import holdfast.routing.RouteTraits;
import holdfast.routing.Rule;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What was recorded from kernel 6.18 is read as `ip` printed it.
class RtNoticeTest {

    private static <T> List<T> recorded(String name, Class<T> kind) {
        return Golden.recorded("rt/" + name).stream()
                .flatMap(message -> RtNotice.of(message).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Test
    void linksAreListed() {
        List<RtNotice.LinkNotice> links = recorded("links.hex", RtNotice.LinkNotice.class);
        assertEquals(
                List.of("lo", "d2", "d1", "br0"),
                links.stream().map(notice -> notice.link().name()).toList());
        assertTrue(links.stream().allMatch(RtNotice.LinkNotice::present));

        Link loopback = links.get(0).link();
        assertEquals(65536, loopback.mtu());
        assertFalse(loopback.isUp());
        assertEquals(OperState.DOWN, loopback.operState());

        Link port = links.get(2).link();
        assertEquals(3, port.index());
        assertEquals(OperState.UP, port.operState());
        assertTrue(port.isUp() && port.isRunning() && port.carrier());
        assertEquals(Optional.of(new MacAddress(0xbe716a38580bL)), port.mac());
        assertEquals(Optional.of("veth"), port.kind());
        assertEquals(4, port.master());
        assertEquals(2, port.parent());
        assertFalse(port.parentElsewhere());

        Link bridge = links.get(3).link();
        assertEquals(Optional.of("bridge"), bridge.kind());
        assertFalse(bridge.isRunning());
        assertEquals(0, bridge.master());
    }

    @Test
    void linksOfInfinibandHaveLongAddresses() {
        String own = "80000048fe80000000000000f4521403007bcba1";
        String broadcast = "00ffffffff12401bffff000000000000ffffffff";
        MessageWriter out = Golden.writer();
        out.begin(RtNotice.RTM_NEWLINK, 0, 1);
        out.u8(0).u8(0).u16(32).u32(7).u32(0).u32(0);
        out.text(3, "ib0");
        out.attribute(1, HexFormat.of().parseHex(own));
        out.attribute(2, HexFormat.of().parseHex(broadcast));

        RtNotice.LinkNotice notice =
                (RtNotice.LinkNotice) RtNotice.of(Message.in(out.batch()).getFirst()).orElseThrow();
        assertEquals(Optional.of(new Link.Infiniband(own, broadcast)), notice.link().infiniband());
        assertEquals(Optional.empty(), notice.link().mac());
    }

    @Test
    void addressesAreListed() {
        List<InterfaceAddress> addresses =
                recorded("addresses.hex", RtNotice.AddressNotice.class).stream()
                        .map(RtNotice.AddressNotice::address)
                        .toList();
        assertEquals(3, addresses.size());
        InterfaceAddress pointToPoint = addresses.get(1);
        assertEquals(
                new InterfaceAddress(
                        7,
                        RtRequestTest.prefix("198.51.100.1", 32),
                        Optional.of(RtRequestTest.ip("198.51.100.2")),
                        Optional.empty(),
                        Optional.of("d1"),
                        RouteTraits.RT_SCOPE_LINK,
                        InterfaceAddress.IFA_F_PERMANENT | InterfaceAddress.IFA_F_NOPREFIXROUTE,
                        0,
                        InterfaceAddress.FOREVER,
                        InterfaceAddress.FOREVER),
                pointToPoint);
        assertEquals(RtRequestTest.prefix("::1", 128), addresses.get(2).prefix());
        assertEquals(1, addresses.get(2).protocol());
    }

    @Test
    void routesAreListed() {
        List<Route> ours =
                recorded("routes.hex", RtNotice.RouteNotice.class).stream()
                        .map(RtNotice.RouteNotice::route)
                        .filter(route -> isOurs(route.traits()))
                        .toList();
        assertEquals(5, ours.size());
        assertEquals(2000, ours.get(0).traits().table());
        assertEquals(RouteTraits.RTN_BLACKHOLE, ours.get(0).traits().type());
        assertEquals(List.of(), ours.get(0).nextHops());

        assertEquals(50, ours.get(1).traits().metric());
        assertEquals(
                Optional.of(RtRequestTest.ip("198.51.100.1")),
                ours.get(1).traits().preferredSource());
        assertEquals(
                List.of(
                        new Route.NextHop(
                                3,
                                Optional.of(RtRequestTest.ip("198.51.100.2")),
                                1,
                                true,
                                Optional.empty(),
                                0)),
                ours.get(1).nextHops());

        assertEquals(
                List.of(3, 1), ours.get(2).nextHops().stream().map(Route.NextHop::weight).toList());
        assertEquals(
                Optional.of(RtRequestTest.ip("2001:db8::2")),
                ours.get(3).nextHops().getFirst().gateway());
        assertEquals(RouteMetrics.of(Map.of(2, 1400)), ours.get(4).traits().metrics());
    }

    private static boolean isOurs(RouteTraits traits) {
        return traits.protocol() == RouteTraits.RTPROT_KEEPALIVED || traits.table() == 2000;
    }

    @Test
    void rulesAreListed() {
        List<Rule> rules =
                recorded("rules.hex", RtNotice.RuleNotice.class).stream()
                        .map(RtNotice.RuleNotice::rule)
                        .toList();
        assertEquals(
                new Rule(
                        Family.INET,
                        1000,
                        new Rule.Match(
                                false,
                                Optional.of(RtRequestTest.prefix("192.0.2.0", 24)),
                                Optional.of(RtRequestTest.prefix("10.0.0.0", 8)),
                                Optional.of("d1"),
                                Optional.empty(),
                                0,
                                new Rule.Mark(5, 0xff),
                                Optional.empty(),
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                0),
                        Rule.Action.lookUp(2000),
                        18),
                rules.get(1));
    }

    @Test
    void whatWasListedIsWrittenAndReadBackTheSame() {
        for (String name : List.of("addresses.hex", "routes.hex", "rules.hex")) {
            for (Message message : Golden.recorded("rt/" + name)) {
                Optional<RtNotice> notice =
                        RtNotice.of(message).filter(said -> !(said instanceof RtNotice.LinkNotice));
                notice.ifPresent(said -> assertEquals(notice, RtNotice.of(written(said)), name));
            }
        }
    }

    private static Message written(RtNotice notice) {
        MessageWriter out = Golden.writer();
        switch (notice) {
            case RtNotice.AddressNotice(var address, _) -> AddressCodec.add(out, 1, address);
            case RtNotice.RouteNotice(var route, _) -> RouteCodec.replace(out, 1, route);
            case RtNotice.RuleNotice(var rule, _) -> RuleCodec.add(out, 1, rule);
            case RtNotice.LinkNotice _ -> throw new AssertionError("links are not made like this");
        }
        return Message.in(out.batch()).getFirst();
    }
}
