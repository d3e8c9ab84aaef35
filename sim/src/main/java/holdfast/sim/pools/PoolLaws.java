package holdfast.sim.pools;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.BalanceEvent;
import holdfast.balance.BalanceNode;
import holdfast.balance.BalanceSpec;
import holdfast.balance.Destination;
import holdfast.balance.ServiceKey;
import holdfast.balance.ServiceStatus;
import holdfast.balance.VirtualServerSpec;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.sim.Coverage;
import holdfast.time.MonoTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Sees that pools keep the laws at every step.
final class PoolLaws {

    private static final int SELDOM = 16;

    private final Coverage coverage;
    private final BalanceNode node;
    private final Plane plane;
    private final TurnLaws turns;
    private final CheckLaws checks;
    private final ReloadLaws reloads;
    private final Map<ServiceKey, Oracle> oracles = new HashMap<>();
    private MonoTime servedAt = new MonoTime(0);
    private boolean started;
    private boolean everShared;
    private boolean calm;
    private int quiet;

    PoolLaws(Coverage coverage, BalanceNode node, Plane plane) {
        this.coverage = coverage;
        this.node = node;
        this.plane = plane;
        this.turns = new TurnLaws(coverage);
        this.checks = new CheckLaws(coverage);
        this.reloads = new ReloadLaws(coverage);
        this.everShared = node.spec().sharesProbes();
    }

    /// Whether checkers have asked together since the start.
    boolean everShared() {
        return everShared;
    }

    /// Looks at what came of an event.
    ///
    /// @param before the orders before it
    /// @param awaited whether it is an answer that somebody waited for
    /// @param present which addresses of services are here
    void after(
            MonoTime now,
            BalanceSpec before,
            BalanceEvent event,
            boolean awaited,
            List<BalanceEffect> effects,
            Set<IpAddress> present) {
        everShared |= node.spec().sharesProbes();
        started |= event instanceof BalanceEvent.Started;
        if (event instanceof BalanceEvent.StopRequested) {
            stopped();
            return;
        }
        if (event instanceof BalanceEvent.DeadlineReached) {
            servedAt = now;
            coverage.expect(
                    PoolLaw.AWAKE, node.deadline().isAfter(now), () -> "wakes itself for ever");
        }
        if (calm) {
            for (BalanceEffect effect : effects) {
                boolean quiet = !(effect instanceof PlaneCommand);
                coverage.expect(PoolLaw.CALM, quiet, () -> "in the calm: " + effect);
            }
        }
        checks.look(now, node.spec(), event, awaited, effects, everShared, present);
        if (!isNews(event, effects)) {
            return;
        }
        Map<ServiceKey, ServiceStatus> status = new LinkedHashMap<>();
        node.status().forEach(one -> status.put(one.spec().key(), one));
        reloads.look(before, node.spec(), event, effects, status);
        if (started) {
            turns.look(event, effects, status);
            follow(now, event, effects, status);
            status.values().forEach(this::served);
            plane(status);
        }
        reloads.remember(status);
    }

    /// Whether it is worth while to look at everything. When nothing was said, it is sometimes.
    private boolean isNews(BalanceEvent event, List<BalanceEffect> effects) {
        for (BalanceEffect effect : effects) {
            if (!(effect instanceof BalanceEffect.StartProbe)) {
                return true;
            }
        }
        boolean checking =
                event instanceof BalanceEvent.DeadlineReached
                        || event instanceof BalanceEvent.ProbeFinished;
        return !checking || ++quiet % SELDOM == 0;
    }

    /// Keeps the oracles up with what has happened.
    private void follow(
            MonoTime now,
            BalanceEvent event,
            List<BalanceEffect> effects,
            Map<ServiceKey, ServiceStatus> status) {
        oracles.keySet().retainAll(status.keySet());
        Map<ServiceKey, Set<Endpoint>> concerned = new HashMap<>();
        for (BalanceEffect effect : effects) {
            if (effect instanceof BalanceEffect.ServerTurned(var key, var spec, boolean up, _)) {
                concerned.computeIfAbsent(key, _ -> new HashSet<>()).add(spec.endpoint());
                Oracle oracle = oracles.get(key);
                if (oracle != null) {
                    boolean again =
                            !(event instanceof BalanceEvent.Respecified)
                                    && turns.hasBeenDown(key, spec.endpoint());
                    oracle.turned(now, spec.endpoint(), up, again);
                }
            }
            if (effect instanceof BalanceEffect.WeightChanged(var key, var server, _, _)) {
                concerned.computeIfAbsent(key, _ -> new HashSet<>()).add(server);
            }
        }
        for (ServiceStatus one : status.values()) {
            ServiceKey key = one.spec().key();
            Oracle oracle = oracles.computeIfAbsent(key, _ -> new Oracle());
            // What orders change at once, and what one answer says of many, is taken as it is.
            boolean single =
                    !(event instanceof BalanceEvent.Respecified)
                            && (!(event instanceof BalanceEvent.ProbeFinished)
                                    || concerned.getOrDefault(key, Set.of()).size() <= 1);
            if (single) {
                oracle.look(one);
            } else {
                oracle.adopt(one);
            }
            coverage.expect(
                    PoolLaw.PANIC,
                    !oracle.isPanicking() || !Oracle.isApologising(one),
                    () -> key + " panics and apologises");
        }
    }

    private void served(ServiceStatus status) {
        boolean able = false;
        for (ServiceStatus.ServerStatus server : status.servers()) {
            able |= server.alive() && server.weight() > 0;
        }
        for (ServiceKey.Single member : status.spec().members()) {
            if (plane.isLost(member)) {
                continue;
            }
            if (able && status.quorumUp()) {
                coverage.expect(PoolLaw.SERVED, plane.isServed(member), () -> member + " is empty");
            }
            if (Oracle.isApologising(status) && usersOf(member) == 1) {
                Endpoint sorry = status.spec().sorryServer().orElseThrow().endpoint();
                for (Destination row : plane.rows(member).values()) {
                    coverage.expect(
                            PoolLaw.APOLOGY,
                            (row.weight() > 0) == row.endpoint().equals(sorry),
                            () -> member + " has " + row + " instead of the sorry server");
                }
            }
        }
    }

    private long usersOf(ServiceKey.Single member) {
        return node.spec().services().stream()
                .filter(one -> one.members().contains(member))
                .count();
    }

    /// Compares the plane with the oracles.
    private void plane(Map<ServiceKey, ServiceStatus> status) {
        Map<ServiceKey.Single, Map<Endpoint, Set<Destination>>> wanted = new LinkedHashMap<>();
        Map<ServiceKey.Single, Set<Endpoint>> rising = new HashMap<>();
        for (ServiceStatus one : status.values()) {
            Oracle oracle = oracles.get(one.spec().key());
            if (oracle == null) {
                throw new IllegalStateException("nobody follows " + one.spec().key());
            }
            for (ServiceKey.Single member : one.spec().members()) {
                var rows = wanted.computeIfAbsent(member, _ -> new HashMap<>());
                oracle.rows(one)
                        .forEach(
                                (endpoint, row) -> {
                                    var may = rows.computeIfAbsent(endpoint, _ -> new HashSet<>());
                                    may.add(row);
                                    if (oracle.isUnsureOf(endpoint)) {
                                        may.add(whole(one, row));
                                    }
                                    if (oracle.isRising(one, endpoint, servedAt)) {
                                        rising.computeIfAbsent(member, _ -> new HashSet<>())
                                                .add(endpoint);
                                    }
                                });
            }
        }
        Set<ServiceKey.Single> held = new HashSet<>(plane.services());
        held.addAll(plane.lost());
        coverage.expect(
                PoolLaw.FUNCTION,
                held.equals(wanted.keySet()),
                () -> "services " + held + " instead of " + wanted.keySet());
        wanted.forEach(
                (member, rows) -> {
                    if (!plane.isLost(member)) {
                        compare(member, rows, rising.getOrDefault(member, Set.of()));
                    }
                });
    }

    private void compare(
            ServiceKey.Single member,
            Map<Endpoint, Set<Destination>> wanted,
            Set<Endpoint> rising) {
        Map<Endpoint, Destination> held = plane.rows(member);
        coverage.expect(
                PoolLaw.FUNCTION,
                held.keySet().equals(wanted.keySet()),
                () -> member + " has " + held.keySet() + " instead of " + wanted.keySet());
        held.forEach(
                (endpoint, row) -> {
                    Set<Destination> may = wanted.getOrDefault(endpoint, Set.of());
                    if (rising.contains(endpoint)) {
                        long most = may.stream().mapToInt(Destination::weight).max().orElse(0);
                        coverage.expect(
                                PoolLaw.GENTLE,
                                row.weight() <= most && (row.weight() > 0 || has(may, 0)),
                                () -> member + " has " + row + ", of at most " + most);
                    } else {
                        coverage.expect(
                                PoolLaw.FUNCTION,
                                may.contains(row),
                                () -> member + " has " + row + " instead of " + may);
                    }
                });
    }

    /// The row as it would be if panic kept the server.
    private static Destination whole(ServiceStatus status, Destination row) {
        int weight = row.weight();
        for (ServiceStatus.ServerStatus server : status.servers()) {
            weight = server.spec().endpoint().equals(row.endpoint()) ? server.weight() : weight;
        }
        return new Destination(
                row.endpoint(),
                weight,
                row.forwarding(),
                row.upperThreshold(),
                row.lowerThreshold());
    }

    private static boolean has(Set<Destination> rows, int weight) {
        return rows.stream().anyMatch(row -> row.weight() == weight);
    }

    private void stopped() {
        coverage.expect(
                PoolLaw.STOP,
                plane.services().isEmpty() && node.deadline().equals(MonoTime.NEVER),
                () -> "left: " + plane.services());
        started = false;
    }

    void beginCalm() {
        calm = true;
    }

    /// Whether opinions are the truth now.
    void endCalm(Predicate<Endpoint> isWell) {
        calm = false;
        for (ServiceStatus service : node.status()) {
            if (checks.isSuspended(service.spec())) {
                continue;
            }
            for (ServiceStatus.ServerStatus server : service.servers()) {
                boolean well = isWell.test(server.spec().endpoint());
                coverage.expect(
                        PoolLaw.TRUTH,
                        checks.shouldBeAlive(server.spec(), well) == server.alive(),
                        () -> service.spec().key() + ": " + server);
            }
        }
    }

    static VirtualServerSpec specOf(BalanceSpec spec, ServiceKey key) {
        for (VirtualServerSpec one : spec.services()) {
            if (one.key().equals(key)) {
                return one;
            }
        }
        throw new IllegalStateException("no service " + key);
    }
}
