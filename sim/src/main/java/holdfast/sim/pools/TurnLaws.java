package holdfast.sim.pools;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceEvent;
import holdfast.balance.QuorumSpec;
import holdfast.balance.ServiceKey;
import holdfast.balance.ServiceStatus;
import holdfast.net.Endpoint;
import holdfast.sim.Coverage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What people are told of servers and quorums.
final class TurnLaws {

    private record Place(ServiceKey service, Endpoint server) {}

    private final Coverage coverage;
    private final Map<Place, Boolean> told = new HashMap<>();
    private final Set<Place> haveBeenDown = new HashSet<>();
    private final Map<ServiceKey, Boolean> quorums = new HashMap<>();

    TurnLaws(Coverage coverage) {
        this.coverage = coverage;
    }

    /// Whether a server's being down has been told since it came into its pool.
    boolean hasBeenDown(ServiceKey service, Endpoint server) {
        return haveBeenDown.contains(new Place(service, server));
    }

    void look(BalanceEvent event, List<BalanceEffect> effects, Map<ServiceKey, ServiceStatus> now) {
        boolean orders =
                event instanceof BalanceEvent.Started || event instanceof BalanceEvent.Respecified;
        for (BalanceEffect effect : effects) {
            if (effect instanceof BalanceEffect.ServerTurned turned) {
                Place place = new Place(turned.key(), turned.spec().endpoint());
                Boolean before = told.put(place, turned.up());
                coverage.expect(
                        PoolLaw.TURNS,
                        before == null || before != turned.up(),
                        () -> "told again: " + turned);
                if (!turned.up()) {
                    haveBeenDown.add(place);
                }
            }
            if (effect instanceof BalanceEffect.ServerRemoved(var key, var spec)) {
                told.remove(new Place(key, spec.endpoint()));
                haveBeenDown.remove(new Place(key, spec.endpoint()));
            }
            if (effect instanceof BalanceEffect.QuorumChanged changed && !orders) {
                quorum(changed);
            }
        }
        quorums.keySet().retainAll(now.keySet());
        now.forEach((key, status) -> compare(key, status, orders));
    }

    private void quorum(BalanceEffect.QuorumChanged changed) {
        boolean before = quorums.getOrDefault(changed.key(), false);
        long threshold = threshold(changed.spec(), before);
        boolean up = changed.weight() > 0 && changed.weight() >= threshold;
        coverage.expect(
                PoolLaw.QUORUM,
                changed.up() == up && up != before && changed.threshold() == threshold,
                () -> "was " + before + ", and now " + changed);
        quorums.put(changed.key(), up);
    }

    private void compare(ServiceKey key, ServiceStatus status, boolean orders) {
        long live = 0;
        for (ServiceStatus.ServerStatus server : status.servers()) {
            live += server.alive() ? server.weight() : 0;
            Boolean known = told.get(new Place(key, server.spec().endpoint()));
            coverage.expect(
                    PoolLaw.TURNS,
                    known == null || known == server.alive(),
                    () -> key + ": not told of " + server);
        }
        boolean before = orders ? status.quorumUp() : quorums.getOrDefault(key, false);
        boolean enough = live > 0 && live >= threshold(status.spec().quorum(), before);
        long weight = live;
        coverage.expect(
                PoolLaw.QUORUM,
                status.liveWeight() == weight && status.quorumUp() == enough && before == enough,
                () -> key + ": quorum " + status.quorumUp() + " with " + weight);
        quorums.put(key, status.quorumUp());
    }

    private static long threshold(QuorumSpec spec, boolean up) {
        return up
                ? Math.max(0, spec.quorum() - spec.hysteresis())
                : spec.quorum() + spec.hysteresis();
    }
}
