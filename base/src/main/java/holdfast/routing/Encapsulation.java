package holdfast.routing;

import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import java.util.List;
import java.util.Optional;

/// What a route puts around its packets (`encap` of ip-route(8)).
public sealed interface Encapsulation {

    /// A tunnel over IPv4. What is empty is left to the tunnel.
    ///
    /// @param id of the tunnel
    record Ip(
            Optional<Long> id,
            Optional<Ipv4Address> destination,
            Optional<Ipv4Address> source,
            Optional<Integer> ttl,
            Optional<Integer> tos,
            Optional<Integer> flags)
            implements Encapsulation {}

    /// A tunnel over IPv6. What is empty is left to the tunnel.
    ///
    /// @param id of the tunnel
    record Ip6(
            Optional<Long> id,
            Optional<Ipv6Address> destination,
            Optional<Ipv6Address> source,
            Optional<Integer> hopLimit,
            Optional<Integer> trafficClass,
            Optional<Integer> flags)
            implements Encapsulation {}

    /// @param labels each of 20 bits, the outermost first
    record Mpls(List<Integer> labels) implements Encapsulation {
        public Mpls {
            labels = List.copyOf(labels);
        }
    }

    /// Identifier-locator addressing: the upper half of the destination is replaced.
    record Ila(long locator) implements Encapsulation {}
}
