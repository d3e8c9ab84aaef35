package holdfast.netlink.rt;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.routing.Encapsulation;
import holdfast.routing.RouteTraits;
import java.util.List;
import java.util.Optional;

/// A route as the kernel knows it.
///
/// @param destination the default route has a prefix of length 0
/// @param source only packets from here, IPv6 alone; empty for all
/// @param nextHops none for routes that lead nowhere
public record Route(
        IpPrefix destination,
        Optional<IpPrefix> source,
        RouteTraits traits,
        List<NextHop> nextHops) {

    public Route {
        nextHops = List.copyOf(nextHops);
    }

    public Family family() {
        return destination.address().family();
    }

    /// Where to send to.
    ///
    /// @param index of the interface; 0 when the gateway says it
    /// @param gateway may be of the other family
    /// @param weight from 1
    /// @param realms of this way alone; a route with one way has them among its traits
    public record NextHop(
            int index,
            Optional<IpAddress> gateway,
            int weight,
            boolean onLink,
            Optional<Encapsulation> encapsulation,
            int realms) {

        public static NextHop via(int index, IpAddress gateway) {
            return new NextHop(index, Optional.of(gateway), 1, false, Optional.empty(), 0);
        }
    }
}
