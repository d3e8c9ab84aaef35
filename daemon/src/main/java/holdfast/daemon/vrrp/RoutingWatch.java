package holdfast.daemon.vrrp;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.netlink.rt.Route;
import holdfast.netlink.rt.RtNotice;
import holdfast.routing.Rule;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Knows the routes and rules that should be there in the kernel's notices about them.
///
/// The notices of a turn are taken in together: what went and came back was never away.
///
/// @param <T> for whom they should be there
final class RoutingWatch<T> {

    /// The metric of an IPv6 route that was given none.
    private static final int METRIC6_DEFAULT = 1024;

    /// What is the same in all routes or rules that may be meant.
    private record Key(Optional<IpPrefix> destination, Family family, int priority) {}

    private record Expected<T>(Routing routing, T owner) {}

    private final Map<Key, Set<Expected<T>>> expected = new LinkedHashMap<>();
    private final Map<Expected<T>, Boolean> seen = new LinkedHashMap<>();

    void expect(Routing routing, T owner) {
        if (routing.tracked()) {
            expected.computeIfAbsent(key(routing), _ -> new LinkedHashSet<>())
                    .add(new Expected<>(routing, owner));
        }
    }

    void forget(Routing routing, T owner) {
        Set<Expected<T>> sharing = expected.get(key(routing));
        if (sharing != null && sharing.remove(new Expected<>(routing, owner))) {
            seen.remove(new Expected<>(routing, owner));
            if (sharing.isEmpty()) {
                expected.remove(key(routing));
            }
        }
    }

    /// @param kernel how the kernel has a route
    void hear(RtNotice notice, Function<RouteSpec, Optional<Route>> kernel) {
        switch (notice) {
            case RtNotice.RouteNotice(var route, boolean present) -> {
                Key key = new Key(Optional.of(route.destination()), route.family(), 0);
                for (Expected<T> one : expected.getOrDefault(key, Set.of())) {
                    if (one.routing() instanceof RouteSpec spec
                            && kernel.apply(spec).filter(own -> isSame(own, route)).isPresent()) {
                        seen.put(one, present);
                    }
                }
            }
            case RtNotice.RuleNotice(var rule, boolean present) -> {
                Key key = new Key(Optional.empty(), rule.family(), rule.priority());
                for (Expected<T> one : expected.getOrDefault(key, Set.of())) {
                    if (one.routing() instanceof RuleSpec(var own, _) && isSame(own, rule)) {
                        seen.put(one, present);
                    }
                }
            }
            case RtNotice.LinkNotice _, RtNotice.AddressNotice _ -> {}
        }
    }

    /// What went away since the last time this was asked, and is not back.
    List<T> gone() {
        List<T> gone = new ArrayList<>();
        seen.forEach(
                (one, present) -> {
                    if (!present) {
                        gone.add(one.owner());
                    }
                });
        seen.clear();
        return gone;
    }

    private static Key key(Routing routing) {
        return switch (routing) {
            case RouteSpec route ->
                    new Key(
                            Optional.of(route.destination()),
                            route.destination().address().family(),
                            0);
            case RuleSpec(var rule, _) -> new Key(Optional.empty(), rule.family(), rule.priority());
        };
    }

    private static boolean isSame(Rule own, Rule other) {
        return own.match().equals(other.match()) && own.action().equals(other.action());
    }

    /// The kernel fills in what was left to it, so only what was asked for is compared.
    private static boolean isSame(Route own, Route other) {
        int metric = own.traits().metric();
        if (metric == 0 && own.family() == Family.INET6) {
            metric = METRIC6_DEFAULT;
        }
        return own.source().equals(other.source())
                && own.traits().table() == other.traits().table()
                && own.traits().tos() == other.traits().tos()
                && own.traits().type() == other.traits().type()
                && own.traits().protocol() == other.traits().protocol()
                && metric == other.traits().metric()
                && sharesWay(own.nextHops(), other.nextHops());
    }

    private static boolean sharesWay(List<Route.NextHop> own, List<Route.NextHop> other) {
        for (Route.NextHop one : own) {
            for (Route.NextHop two : other) {
                if ((one.index() == 0 || one.index() == two.index())
                        && one.gateway().equals(two.gateway())) {
                    return true;
                }
            }
        }
        return own.isEmpty();
    }
}
