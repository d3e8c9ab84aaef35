package holdfast.balance;

import holdfast.balance.BalanceEffect.AddDestination;
import holdfast.balance.BalanceEffect.AddService;
import holdfast.balance.BalanceEffect.EditDestination;
import holdfast.balance.BalanceEffect.RemoveDestination;
import holdfast.balance.BalanceEffect.RemoveService;
import holdfast.net.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The rows that the data plane was told to hold for one service.
///
/// Commands are differences. What can serve more is added first and what serves less goes last, so
/// that a service that has someone to serve it at both ends has someone in between.
final class Rows {

    private final ServiceKey key;
    private final Map<Endpoint, Destination> present = new LinkedHashMap<>();

    Rows(ServiceKey key) {
        this.key = key;
    }

    /// Makes the rows of these endpoints what `wanted` says.
    void settle(
            Collection<Endpoint> endpoints,
            Function<Endpoint, Optional<Destination>> wanted,
            List<BalanceEffect> out) {
        List<BalanceEffect> lowered = new ArrayList<>();
        List<BalanceEffect> removed = new ArrayList<>();
        List<BalanceEffect> raised = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            Destination is = present.get(endpoint);
            Optional<Destination> shall = wanted.apply(endpoint);
            if (shall.isEmpty()) {
                if (is != null) {
                    present.remove(endpoint);
                    removed.add(new RemoveDestination(key, endpoint));
                }
                continue;
            }
            Destination row = shall.get();
            if (row.equals(is)) {
                continue;
            }
            present.put(endpoint, row);
            if (is == null) {
                out.add(new AddDestination(key, row));
            } else {
                (row.weight() > is.weight() ? raised : lowered).add(new EditDestination(key, row));
            }
        }
        out.addAll(raised);
        out.addAll(lowered);
        out.addAll(removed);
    }

    /// Says all of it again, to a plane that may have lost it.
    void repeat(Service service, List<BalanceEffect> out) {
        out.add(new AddService(service));
        present.values().forEach(row -> out.add(new AddDestination(key, row)));
    }

    /// Takes everything away, the sorry server first, the service last.
    void clear(Optional<Endpoint> sorry, List<BalanceEffect> out) {
        sorry.filter(endpoint -> present.remove(endpoint) != null)
                .ifPresent(endpoint -> out.add(new RemoveDestination(key, endpoint)));
        present.keySet().forEach(endpoint -> out.add(new RemoveDestination(key, endpoint)));
        present.clear();
        out.add(new RemoveService(key));
    }

    Collection<Endpoint> endpoints() {
        return List.copyOf(present.keySet());
    }

    List<Destination> all() {
        return List.copyOf(present.values());
    }
}
