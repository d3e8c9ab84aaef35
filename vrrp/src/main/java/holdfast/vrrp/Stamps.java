package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The stamps of trailers, ours and those of others, so that no advert counts twice.
///
/// A stamp is one unsigned number: 32 bits of seconds, 16 of their fraction, 16 of a counter.
final class Stamps {

    /// Multicast senders whose last stamps are kept; who was silent for longest makes room.
    static final int SENDERS = 4;

    private final Map<IpAddress, Long> ofPeers = new HashMap<>();
    private final Map<IpAddress, Long> ofSenders = new LinkedHashMap<>();
    private final Set<IpAddress> peers = new HashSet<>();
    private long sent;

    /// Remembers these one by one, and of all others only the last few.
    void expect(List<Transport.Peer> some) {
        peers.clear();
        for (Transport.Peer peer : some) {
            peers.add(peer.address());
        }
        ofPeers.keySet().retainAll(peers);
    }

    /// A stamp that is greater than all before it, whatever the clock does.
    long next(long clock) {
        sent = Long.compareUnsigned(clock, sent) > 0 ? clock : sent + 1;
        return sent;
    }

    boolean isFresh(IpAddress source, long stamp) {
        Long last = table(source).get(source);
        return last == null || Long.compareUnsigned(stamp, last) > 0;
    }

    /// Remembers the stamp of an advert that is known to be genuine.
    void heard(IpAddress source, long stamp) {
        Map<IpAddress, Long> table = table(source);
        table.remove(source); // so that it is the latest
        table.put(source, stamp);
        if (table == ofSenders && table.size() > SENDERS) {
            table.remove(table.keySet().iterator().next());
        }
    }

    private Map<IpAddress, Long> table(IpAddress source) {
        return peers.contains(source) ? ofPeers : ofSenders;
    }
}
