package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.routing.Encapsulation;
import holdfast.routing.RouteTraits;
import java.util.List;
import java.util.Optional;

/// A route to be there.
///
/// @param destination a prefix of length 0 for the default route
/// @param source only packets from here, IPv6 alone
/// @param vrf whose table it goes into, instead of that of the traits
/// @param ways none for a route that leads nowhere
/// @param placing where it goes among others for the same destination
public record RouteSpec(
        IpPrefix destination,
        Optional<IpPrefix> source,
        RouteTraits traits,
        Optional<String> vrf,
        List<Way> ways,
        Placing placing,
        boolean tracked)
        implements Routing {

    public RouteSpec {
        ways = List.copyOf(ways);
    }

    /// How the kernel treats a route when it has others for the same destination and metric.
    public enum Placing {
        /// It goes in front of them.
        PREPEND,
        /// It goes behind them.
        APPEND,
        /// There may be no others.
        ALONE
    }

    /// One of the ways that packets may take.
    ///
    /// @param interfaceName empty when the gateway says it
    /// @param gateway may be of the other family
    /// @param weight 1 to 256
    /// @param realms of this way, when there are several
    public record Way(
            Optional<String> interfaceName,
            Optional<IpAddress> gateway,
            int weight,
            boolean onLink,
            Optional<Encapsulation> encapsulation,
            int realms) {}
}
