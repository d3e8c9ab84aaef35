package holdfast.daemon.balance;

import holdfast.balance.Destination;
import holdfast.balance.Forwarding;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.netlink.nft.NftFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// A service as the nftables plane shall hold it. Immutable.
///
/// @param shares of each server in the connections to come; empty where its weight decides
record NatService(
        Service service, SequencedMap<Endpoint, Destination> rows, Map<Endpoint, Integer> shares) {

    NatService {
        rows = new LinkedHashMap<>(rows);
        shares = Map.copyOf(shares);
    }

    static NatService empty(Service service) {
        return new NatService(service, new LinkedHashMap<>(), Map.of());
    }

    NatService with(Service edited) {
        return new NatService(edited, rows, shares);
    }

    NatService with(Map<Endpoint, Integer> next) {
        return new NatService(service, rows, next);
    }

    NatService with(Destination row) {
        NatService copy = new NatService(service, rows, shares);
        copy.rows.put(row.endpoint(), row);
        return copy;
    }

    NatService without(Endpoint endpoint) {
        NatService copy = new NatService(service, rows, shares);
        copy.rows.remove(endpoint);
        return copy;
    }

    ServiceKey.Single key() {
        return service.key();
    }

    NftFamily family() {
        return familyOf(key());
    }

    static NftFamily familyOf(ServiceKey.Single key) {
        return switch (key.family()) {
            case INET -> NftFamily.IP;
            case INET6 -> NftFamily.IP6;
        };
    }

    SlotTable slots() {
        return shares.isEmpty()
                ? SlotTable.of(service.scheduler(), rows.values())
                : SlotTable.shared(service.scheduler(), rows.values(), shares);
    }

    /// Whether its scheduler looks at connections, and there are any to look at: those that are
    /// routed directly are not tracked.
    boolean counts() {
        return ConnectionShares.count(service.scheduler()) && !isDirect();
    }

    /// Whether its servers get packets as they are. All those that serve do or none does, see
    /// [#ofOtherWays].
    boolean isDirect() {
        return way().filter(Forwarding.DirectRouting.class::isInstance).isPresent();
    }

    /// How the first server is reached that serves; if none does, the first of all.
    private Optional<Forwarding> way() {
        Optional<Forwarding> way = Optional.empty();
        for (Destination row : rows.values()) {
            if (row.weight() > 0) {
                return Optional.of(row.forwarding());
            }
            if (way.isEmpty()) {
                way = Optional.of(row.forwarding());
            }
        }
        return way;
    }

    /// Servers that serve and are reached in another way than the first of them.
    List<Destination> ofOtherWays() {
        Optional<Forwarding> way = way();
        List<Destination> others = new ArrayList<>();
        for (Destination row : rows.values()) {
            if (row.weight() > 0 && !way.equals(Optional.of(row.forwarding()))) {
                others.add(row);
            }
        }
        return others;
    }

    /// Who may get new connections.
    Set<Endpoint> serving() {
        Set<Endpoint> serving = new LinkedHashSet<>();
        for (Map.Entry<Endpoint, Destination> row : rows.entrySet()) {
            if (row.getValue().weight() > 0) {
                serving.add(row.getKey());
            }
        }
        return serving;
    }

    boolean isPersistent() {
        return service.persistence().isPresent();
    }

    boolean masquerades() {
        return service.masquerade() && !isDirect();
    }

    /// Whether servers have ports of their own. Where they have none, the client's is kept.
    boolean translatesPorts() {
        return rows.keySet().stream().allMatch(endpoint -> endpoint.port() != 0);
    }

    /// The name of the service's chain, and the stem of the names of its maps: what nft(8) shows.
    String name() {
        return nameOf(key());
    }

    static String nameOf(ServiceKey.Single key) {
        return switch (key) {
            case ServiceKey.Mark(int mark, _) -> "mark_" + Integer.toUnsignedString(mark);
            case ServiceKey.Address(var protocol, var endpoint) ->
                    protocol.word()
                            + "_"
                            + endpoint.address().toString().replace(':', '_')
                            + "_"
                            + endpoint.port();
        };
    }
}
