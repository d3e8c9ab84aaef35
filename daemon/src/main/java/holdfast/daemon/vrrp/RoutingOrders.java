package holdfast.daemon.vrrp;

import holdfast.netlink.rt.Link;
import holdfast.netlink.rt.Route;
import holdfast.netlink.rt.RouteCodec;
import holdfast.netlink.rt.RuleCodec;
import holdfast.routing.RouteMetrics;
import holdfast.routing.RouteTraits;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Routes and rules of the orders in the kernel's terms: interfaces by number, VRFs by table.
final class RoutingOrders {

    private RoutingOrders() {}

    /// How to put it in place; empty while an interface that it names is missing.
    static Optional<RouteSocket.Order> add(Routing routing, LinkTable links) {
        return switch (routing) {
            case RouteSpec spec -> kernel(spec, links).map(route -> add(spec.placing(), route));
            case RuleSpec(var rule, _) ->
                    Optional.of((out, number) -> RuleCodec.add(out, number, rule));
        };
    }

    private static RouteSocket.Order add(RouteSpec.Placing placing, Route route) {
        return switch (placing) {
            case PREPEND -> (out, number) -> RouteCodec.prepend(out, number, route);
            case APPEND -> (out, number) -> RouteCodec.append(out, number, route);
            case ALONE -> (out, number) -> RouteCodec.add(out, number, route);
        };
    }

    /// How to take it away; empty if it cannot be there, since an interface is missing.
    static Optional<RouteSocket.Order> delete(Routing routing, LinkTable links) {
        return switch (routing) {
            case RouteSpec spec ->
                    kernel(spec, links)
                            .map(RoutingOrders::withoutMetrics)
                            .map(route -> (out, number) -> RouteCodec.delete(out, number, route));
            case RuleSpec(var rule, _) ->
                    Optional.of((out, number) -> RuleCodec.delete(out, number, rule));
        };
    }

    /// The kernel clamps metrics, and would not know the route by those that were asked for.
    private static Route withoutMetrics(Route route) {
        RouteTraits traits = route.traits();
        RouteTraits plain =
                new RouteTraits(
                        traits.type(),
                        traits.scope(),
                        traits.protocol(),
                        traits.table(),
                        traits.tos(),
                        traits.metric(),
                        traits.preferredSource(),
                        traits.realms(),
                        Optional.empty(),
                        Optional.empty(),
                        traits.ttlPropagate(),
                        RouteMetrics.NONE);
        return new Route(route.destination(), route.source(), plain, route.nextHops());
    }

    /// As the kernel would have it; empty while an interface is missing.
    static Optional<Route> kernel(RouteSpec spec, LinkTable links) {
        List<Route.NextHop> hops = new ArrayList<>();
        for (RouteSpec.Way way : spec.ways()) {
            Optional<Link> link = way.interfaceName().flatMap(links::link);
            if (link.isEmpty() && way.interfaceName().isPresent()) {
                return Optional.empty();
            }
            hops.add(
                    new Route.NextHop(
                            link.map(Link::index).orElse(0),
                            way.gateway(),
                            way.weight(),
                            way.onLink(),
                            way.encapsulation(),
                            way.realms()));
        }
        if (spec.vrf().isEmpty()) {
            return Optional.of(new Route(spec.destination(), spec.source(), spec.traits(), hops));
        }
        return links.link(spec.vrf().get())
                .filter(vrf -> vrf.table() != 0)
                .map(
                        vrf ->
                                new Route(
                                        spec.destination(),
                                        spec.source(),
                                        inTable(spec.traits(), vrf.table()),
                                        hops));
    }

    private static RouteTraits inTable(RouteTraits traits, int table) {
        return new RouteTraits(
                traits.type(),
                traits.scope(),
                traits.protocol(),
                table,
                traits.tos(),
                traits.metric(),
                traits.preferredSource(),
                traits.realms(),
                traits.preference(),
                traits.expires(),
                traits.ttlPropagate(),
                traits.metrics());
    }

    /// The interfaces that have to be there; a rule waits for none.
    static Set<String> interfaces(Routing routing) {
        Set<String> names = new LinkedHashSet<>();
        if (routing instanceof RouteSpec route) {
            for (RouteSpec.Way way : route.ways()) {
                way.interfaceName().ifPresent(names::add);
            }
            route.vrf().ifPresent(names::add);
        }
        return names;
    }

    /// Whether a route may go with an interface: because it names it, or because it leaves to the
    /// gateway which one it is.
    static boolean dependsOn(Routing routing, String name) {
        if (routing instanceof RouteSpec route) {
            for (RouteSpec.Way way : route.ways()) {
                if (way.interfaceName().isEmpty() || way.interfaceName().get().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
