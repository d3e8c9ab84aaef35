package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.netlink.rt.Route;
import holdfast.netlink.rt.RtNotice;
import holdfast.routing.RouteTraits;
import holdfast.routing.Rule;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.RuleSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The kernel's notices are known again, though it fills in what was left to it.
class RoutingWatchTest {

    private static final int INDEX = 7;

    private final RoutingWatch<String> watch = new RoutingWatch<>();

    private static IpPrefix prefix(String text, int length) {
        return new IpPrefix(IpAddress.parse(text).orElseThrow(), length);
    }

    private static RouteTraits traits(int metric) {
        return RouteTraits.of(
                RouteTraits.RTN_UNICAST,
                RouteTraits.RTPROT_KEEPALIVED,
                RouteTraits.RT_TABLE_MAIN,
                metric);
    }

    private static RouteSpec spec(IpPrefix destination, boolean tracked) {
        return new RouteSpec(
                destination,
                Optional.empty(),
                traits(0),
                Optional.empty(),
                List.of(),
                RouteSpec.Placing.PREPEND,
                tracked);
    }

    private static Route kernel(RouteSpec spec, int index, int metric) {
        IpAddress gateway = IpAddress.parse("10.0.0.2").orElseThrow();
        return new Route(
                spec.destination(),
                Optional.empty(),
                traits(metric),
                List.of(Route.NextHop.via(index, gateway)));
    }

    private void hear(Route route, boolean present) {
        watch.hear(
                new RtNotice.RouteNotice(route, present),
                spec -> Optional.of(kernel(spec, 0, spec.traits().metric())));
    }

    @Test
    void aRouteThatWentIsGoneOnce() {
        RouteSpec route = spec(prefix("10.20.0.0", 24), true);
        watch.expect(route, "a");
        watch.expect(route, "b");
        hear(kernel(route, INDEX, 0), false);
        assertEquals(List.of("a", "b"), watch.gone());
        assertEquals(List.of(), watch.gone());
    }

    @Test
    void whatWentAndCameBackWasNeverAway() {
        RouteSpec route = spec(prefix("10.20.0.0", 24), true);
        watch.expect(route, "a");
        hear(kernel(route, INDEX, 0), false);
        hear(kernel(route, INDEX, 0), true);
        assertEquals(List.of(), watch.gone());
    }

    @Test
    void aRouteWithoutAMetricIsKnownByTheKernelsOwn() {
        RouteSpec route = spec(prefix("2001:db8::", 48), true);
        watch.expect(route, "a");
        hear(kernel(route, INDEX, 5), false);
        assertEquals(List.of(), watch.gone(), "another metric");
        hear(kernel(route, INDEX, 1024), false);
        assertEquals(List.of("a"), watch.gone());
    }

    @Test
    void whatIsNotTrackedOrNoLongerExpectedIsNotMissed() {
        RouteSpec untracked = spec(prefix("10.20.0.0", 24), false);
        RouteSpec released = spec(prefix("10.21.0.0", 24), true);
        watch.expect(untracked, "a");
        watch.expect(released, "a");
        watch.forget(released, "a");
        hear(kernel(untracked, INDEX, 0), false);
        hear(kernel(released, INDEX, 0), false);
        assertEquals(List.of(), watch.gone());
    }

    @Test
    void aRuleIsKnownByAllButItsProtocol() {
        Rule.Match match =
                Rule.Match.between(Optional.of(prefix("10.1.0.0", 16)), Optional.empty());
        Rule rule = new Rule(Family.INET, 100, match, Rule.Action.lookUp(5), 18);
        watch.expect(new RuleSpec(rule, true), "a");
        Rule other = new Rule(Family.INET, 100, match, Rule.Action.lookUp(6), 18);
        watch.hear(new RtNotice.RuleNotice(other, false), _ -> Optional.empty());
        assertEquals(List.of(), watch.gone());
        Rule same = new Rule(Family.INET, 100, match, Rule.Action.lookUp(5), 0);
        watch.hear(new RtNotice.RuleNotice(same, false), _ -> Optional.empty());
        assertEquals(List.of("a"), watch.gone());
    }
}
