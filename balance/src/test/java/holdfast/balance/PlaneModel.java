package holdfast.balance;

import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.net.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A data plane that believes nothing: adding what is there, or changing and removing what is not,
/// is a mistake.
final class PlaneModel {

    private final Map<ServiceKey, Service> services = new HashMap<>();
    private final Map<ServiceKey, Map<Endpoint, Destination>> rows = new HashMap<>();

    /// Services that had a serving row and were without one at some point in between.
    private final List<ServiceKey> emptied = new ArrayList<>();

    void carryOut(List<BalanceEffect> effects) {
        emptied.clear();
        for (BalanceEffect effect : effects) {
            if (effect instanceof PlaneCommand command) {
                boolean served = isServing(command.key());
                carryOut(command);
                if (served && !isServing(command.key())) {
                    emptied.add(command.key());
                }
            }
        }
    }

    private void carryOut(PlaneCommand command) {
        switch (command) {
            case BalanceEffect.AddService(Service service) -> {
                check(services.put(service.key(), service) == null, command);
                rows.put(service.key(), new HashMap<>());
            }
            case BalanceEffect.EditService(Service service) ->
                    check(services.put(service.key(), service) != null, command);
            case BalanceEffect.RemoveService(ServiceKey key) -> {
                check(services.remove(key) != null, command);
                check(row(key).isEmpty(), command);
                rows.remove(key);
            }
            case BalanceEffect.AddDestination(ServiceKey key, Destination row) ->
                    check(row(key).put(row.endpoint(), row) == null, command);
            case BalanceEffect.EditDestination(ServiceKey key, Destination row) -> {
                Destination was = row(key).put(row.endpoint(), row);
                check(was != null && !was.equals(row), command);
            }
            case BalanceEffect.RemoveDestination(ServiceKey key, Endpoint endpoint) ->
                    check(row(key).remove(endpoint) != null, command);
        }
    }

    private Map<Endpoint, Destination> row(ServiceKey key) {
        Map<Endpoint, Destination> row = rows.get(key);
        if (row == null) {
            throw new AssertionError("no service " + key);
        }
        return row;
    }

    private static void check(boolean good, PlaneCommand command) {
        if (!good) {
            throw new AssertionError("rejected: " + command);
        }
    }

    private boolean isServing(ServiceKey key) {
        return rows.getOrDefault(key, Map.of()).values().stream().anyMatch(it -> it.weight() > 0);
    }

    /// Whether a service that serves before and after the last commands did not in between.
    List<ServiceKey> interrupted() {
        return emptied.stream().filter(this::isServing).toList();
    }

    Set<ServiceKey> services() {
        return Set.copyOf(services.keySet());
    }

    Set<Destination> destinations(ServiceKey key) {
        return Set.copyOf(row(key).values());
    }
}
