package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.util.List;

/// How adverts travel.
public sealed interface Transport {

    /// To `group`, on the instance's interface, with TTL 255.
    record Multicast(IpAddress group) implements Transport {}

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
