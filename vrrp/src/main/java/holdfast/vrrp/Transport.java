package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import java.util.List;

/// How adverts travel.
public sealed interface Transport {

    /// To `group`, on the instance's interface, with TTL 255.
    record Multicast(IpAddress group) implements Transport {

        private static final Multicast INET = new Multicast(Ipv4Address.of(224, 0, 0, 18));
        private static final Multicast INET6 =
                new Multicast(new Ipv6Address(0xff02_0000_0000_0000L, 0x12));

        /// To all routers of a family (RFC 9568, section 5.1.1.2 and 5.1.2.2).
        public static Multicast usual(Family family) {
            return switch (family) {
                case INET -> INET;
                case INET6 -> INET6;
            };
        }
    }

    /// One copy to each peer.
    ///
    /// @param ttl TTL or hop limit of what is sent, 0 to 255
    /// @param checkSource whether adverts of other hosts are refused
    record Unicast(List<Peer> peers, int ttl, boolean checkSource) implements Transport {
        public Unicast {
            peers = List.copyOf(peers);
        }
    }

    /// @param minTtl the least TTL accepted from this peer
    /// @param maxTtl the greatest TTL accepted from this peer
    record Peer(IpAddress address, int minTtl, int maxTtl) {}
}
