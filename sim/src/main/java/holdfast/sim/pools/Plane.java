package holdfast.sim.pools;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.Destination;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.sim.Coverage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A data plane that believes nothing, unless it has been emptied behind our back.
final class Plane {

    private final Coverage coverage;
    private final Map<ServiceKey.Single, Service> services = new LinkedHashMap<>();
    private final Map<ServiceKey.Single, Map<Endpoint, Destination>> rows = new HashMap<>();

    /// Services that somebody removed, and that nobody has repaired.
    private final Set<ServiceKey.Single> lost = new HashSet<>();

    Plane(Coverage coverage) {
        this.coverage = coverage;
    }

    /// Carries out what one event led to.
    void carryOut(List<BalanceEffect> effects) {
        Set<ServiceKey.Single> interrupted = new HashSet<>();
        for (BalanceEffect effect : effects) {
            if (effect instanceof PlaneCommand command) {
                boolean served = isServed(command.key());
                carryOut(command);
                if (served && !isServed(command.key())) {
                    interrupted.add(command.key());
                }
            }
        }
        for (ServiceKey.Single key : interrupted) {
            coverage.expect(
                    PoolLaw.NEVER_EMPTY, !isServed(key), () -> key + " was empty for a moment");
        }
    }

    private void carryOut(PlaneCommand command) {
        ServiceKey.Single key = command.key();
        if (lost.contains(key) && !(command instanceof BalanceEffect.RemoveService)) {
            return; // Refused, and said again when that is noticed.
        }
        Map<Endpoint, Destination> held = rows.getOrDefault(key, new HashMap<>());
        boolean valid =
                switch (command) {
                    case BalanceEffect.AddService(var service) -> {
                        rows.put(key, new LinkedHashMap<>());
                        yield services.put(key, service) == null;
                    }
                    case BalanceEffect.EditService(var service) -> {
                        Service before = services.put(key, service);
                        yield before != null && !before.equals(service);
                    }
                    case BalanceEffect.RemoveService _ -> {
                        boolean forgotten = lost.remove(key);
                        rows.remove(key);
                        yield services.remove(key) != null && held.isEmpty() || forgotten;
                    }
                    case BalanceEffect.AddDestination(_, var row) ->
                            services.containsKey(key) && held.put(row.endpoint(), row) == null;
                    case BalanceEffect.EditDestination(_, var row) -> {
                        Destination before = held.put(row.endpoint(), row);
                        yield before != null && !before.equals(row);
                    }
                    case BalanceEffect.RemoveDestination(_, var endpoint) ->
                            held.remove(endpoint) != null;
                };
        coverage.expect(PoolLaw.VALID_COMMANDS, valid, () -> "refused: " + command);
    }

    /// Somebody removes everything.
    void empty() {
        lost.addAll(services.keySet());
        services.clear();
        rows.clear();
    }

    /// What was removed is about to be said again.
    void repair(ServiceKey.Single key) {
        lost.remove(key);
    }

    boolean isLost(ServiceKey.Single key) {
        return lost.contains(key);
    }

    Set<ServiceKey.Single> lost() {
        return Set.copyOf(lost);
    }

    Set<ServiceKey.Single> services() {
        return services.keySet();
    }

    Map<Endpoint, Destination> rows(ServiceKey.Single key) {
        return rows.getOrDefault(key, Map.of());
    }

    boolean isServed(ServiceKey.Single key) {
        for (Destination row : rows(key).values()) {
            if (row.weight() > 0) {
                return true;
            }
        }
        return false;
    }
}
