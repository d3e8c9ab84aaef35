package holdfast.balance;

import holdfast.balance.BalanceEvent.AddressPresent;
import holdfast.balance.BalanceEvent.CertificateSeen;
import holdfast.balance.BalanceEvent.DeadlineReached;
import holdfast.balance.BalanceEvent.LengthSeen;
import holdfast.balance.BalanceEvent.NumberRead;
import holdfast.balance.BalanceEvent.PlaneLost;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.BalanceEvent.Respecified;
import holdfast.balance.BalanceEvent.SessionIs;
import holdfast.balance.BalanceEvent.Started;
import holdfast.balance.BalanceEvent.StopRequested;
import holdfast.net.IpAddress;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// All virtual services of one host.
///
/// Deterministic: the same spec and the same events at the same times give the same effects.
/// Confined to one thread; holds no clock and does no I/O.
public final class BalanceNode {

    private enum Phase {
        WAITING,
        RUNNING,
        STOPPED
    }

    /// Between the start and the first check.
    private static final Duration FIRST_CHECK = Duration.ofSeconds(1);

    private final Numbers numbers = new Numbers();
    private final Sharing sharing = new Sharing();
    private final Rounds rounds;
    private final Agenda<Ramp> ramps = new Agenda<>();
    private final Spreader spreader;
    private final Set<IpAddress> addresses = new HashSet<>();
    private Phase phase = Phase.WAITING;
    private BalanceSpec spec;
    private Map<ServiceKey, Pool> pools;

    /// @param seed spreads the first checks over their warm-up
    public BalanceNode(BalanceSpec spec, long seed) {
        this.spec = spec;
        this.spreader = new Spreader(seed);
        this.rounds = new Rounds(spec.sharesProbes());
        this.pools = poolsOf(spec);
    }

    /// Takes one event, and returns what is to be done about it, in order.
    public List<BalanceEffect> on(MonoTime now, BalanceEvent event) {
        List<BalanceEffect> out = new ArrayList<>();
        if (phase == Phase.STOPPED) {
            return out;
        }
        switch (event) {
            case Started() -> start(now, out);
            case DeadlineReached() -> {
                rounds.ask(now, out);
                climb(now, out);
            }
            case ProbeFinished finished -> conclude(now, finished, out);
            case CertificateSeen(var id, Duration left) ->
                    checker(id).ifPresent(checker -> checker.heed(now, left, out));
            case LengthSeen seen ->
                    checker(seen.checker()).ifPresent(checker -> checker.heed(seen, out));
            case AddressPresent(var address, boolean present) -> notice(now, address, present, out);
            case NumberRead(var path, int number) -> {
                numbers.hear(path, number);
                hear(now, (checker, effects) -> checker.hear(path, number, effects), out);
            }
            case SessionIs(var name, boolean up) -> {
                numbers.hearSession(name, up);
                hear(now, (checker, effects) -> checker.hearSession(name, up, effects), out);
            }
            case Respecified(var next) -> respecify(now, next, out);
            case PlaneLost(var service) -> repeat(service, out);
            case StopRequested() -> stop(out);
        }
        return out;
    }

    /// When this node next wants [DeadlineReached]; may move with every event.
    public MonoTime deadline() {
        if (phase == Phase.STOPPED) {
            return MonoTime.NEVER;
        }
        MonoTime step = ramps.firstAt();
        return rounds.firstAt().isAfter(step) ? step : rounds.firstAt();
    }

    /// Every service, in the order of the configuration.
    public List<ServiceStatus> status() {
        return pools.values().stream().map(pool -> pool.status(phase == Phase.RUNNING)).toList();
    }

    /// The orders in force.
    public BalanceSpec spec() {
        return spec;
    }

    private void start(MonoTime now, List<BalanceEffect> out) {
        if (phase == Phase.RUNNING) {
            return;
        }
        phase = Phase.RUNNING;
        if (!numbers.isEmpty()) {
            pools = poolsOf(spec); // With the numbers that were heard of meanwhile.
        }
        for (Pool pool : pools.values()) {
            pool.start(spec.initNotifies(), out);
            arm(now, pool);
        }
    }

    private void conclude(MonoTime now, ProbeFinished finished, List<BalanceEffect> out) {
        for (Checker checker : rounds.answered(finished.probe())) {
            CheckerId id = checker.id();
            // Whoever is on the list has a place.
            Pool pool = Objects.requireNonNull(pools.get(id.service()));
            Server server = Objects.requireNonNull(pool.server(id.server()));
            Checker.Conclusion conclusion = checker.conclude(now, finished.outcome(), out);
            rounds.resume(checker, conclusion.nextAt());
            pool.reconsider(now, server, conclusion.failedAtFirst(), out);
            follow(server.ramp());
        }
    }

    /// Takes the steps of slow starts that are due. One whose server has gone, or has failed
    /// again, ends here.
    private void climb(MonoTime now, List<BalanceEffect> out) {
        while (!ramps.firstAt().isAfter(now)) {
            Ramp ramp = ramps.takeFirst();
            Pool pool = pools.get(ramp.service());
            Server server = pool == null ? null : pool.server(ramp.server());
            if (pool != null && server != null && server.ramp() == ramp) {
                pool.climb(now, server, out);
                follow(ramp);
            }
        }
    }

    private void follow(Ramp ramp) {
        if (ramp.isRunning()) {
            ramps.put(ramp.entry(), ramp.nextAt());
        } else {
            ramps.strike(ramp.entry());
        }
    }

    private void hear(MonoTime now, Server.Word word, List<BalanceEffect> out) {
        if (phase == Phase.RUNNING) {
            for (Pool pool : pools.values()) {
                pool.hear(now, word, out).forEach(server -> follow(server.ramp()));
            }
        }
    }

    private Optional<Checker> checker(CheckerId id) {
        Pool pool = pools.get(id.service());
        Server server = pool == null ? null : pool.server(id.server());
        return server == null || id.index() >= server.checkers().size()
                ? Optional.empty()
                : Optional.of(server.checkers().get(id.index()));
    }

    private void notice(MonoTime now, IpAddress address, boolean present, List<BalanceEffect> out) {
        boolean news = present ? addresses.add(address) : addresses.remove(address);
        if (!news || phase != Phase.RUNNING) {
            return;
        }
        for (Pool pool : pools.values()) {
            if (!dependsOn(pool, address)) {
                continue;
            }
            if (isSuspended(pool)) {
                rest(pool, out);
            } else {
                arm(now, pool);
            }
        }
    }

    private void respecify(MonoTime now, BalanceSpec next, List<BalanceEffect> out) {
        if (next.equals(spec)) {
            return;
        }
        final boolean initNotifies = next.initNotifies();
        spec = next;
        rounds.share(next.sharesProbes());
        if (phase == Phase.WAITING) {
            pools = poolsOf(next);
            return;
        }
        Map<ServiceKey, Pool> old = pools;
        pools = LinkedHashMap.newLinkedHashMap(next.services().size());
        Set<ServiceKey> wanted = new HashSet<>();
        next.services().forEach(service -> wanted.add(service.key()));
        for (VirtualServerSpec service : next.services()) {
            if (pools.containsKey(service.key())) {
                continue; // The first of two equal ones counts.
            }
            Pool pool = old.get(service.key());
            if (pool == null) {
                pool = new Pool(service, sharing, numbers);
                pool.start(initNotifies, out);
            } else if (!pool.spec().equals(service)) {
                change(pool, service, out);
            }
            pools.put(service.key(), pool);
            if (isSuspended(pool)) {
                rest(pool, out);
            } else {
                arm(now, pool);
            }
        }
        // Last, since what they served may be others' now, as when an address joins a group.
        for (Pool pool : old.values()) {
            if (!wanted.contains(pool.spec().key())) {
                rest(pool, out);
                pool.stop(true, true, out);
            }
        }
    }

    /// Changes a pool, and withdraws the checkers that have no place in the new one.
    private void change(Pool pool, VirtualServerSpec next, List<BalanceEffect> out) {
        Set<Checker> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        pool.servers().forEach(server -> gone.addAll(server.checkers()));
        List<BalanceEffect> changes = new ArrayList<>();
        List<Checker> order = new ArrayList<>();
        pool.servers().forEach(server -> order.addAll(server.checkers()));
        pool.respecify(next, spec.initNotifies(), changes);
        pool.servers().forEach(server -> server.checkers().forEach(gone::remove));
        for (Checker checker : order) {
            if (gone.contains(checker)) {
                rounds.dismiss(checker, out);
            }
        }
        out.addAll(changes);
    }

    private void repeat(ServiceKey.Single service, List<BalanceEffect> out) {
        for (Pool pool : pools.values()) {
            if (phase == Phase.RUNNING && pool.spec().members().contains(service)) {
                pool.repeat(service, out);
            }
        }
    }

    private void stop(List<BalanceEffect> out) {
        if (phase == Phase.RUNNING) {
            for (Pool pool : pools.values()) {
                rest(pool, out);
                pool.stop(pool.spec().omega(), false, out);
            }
        }
        phase = Phase.STOPPED;
    }

    /// Gives every checker of the pool that is not on the list its first appointment.
    private void arm(MonoTime now, Pool pool) {
        if (isSuspended(pool)) {
            return;
        }
        for (Server server : pool.servers()) {
            for (Checker checker : server.checkers()) {
                if (checker.asks() && !rounds.lists(checker)) {
                    Duration warmup = spreader.within(checker.spec().warmup());
                    rounds.enlist(checker, now.plus(FIRST_CHECK).plus(warmup));
                }
            }
        }
    }

    private void rest(Pool pool, List<BalanceEffect> out) {
        for (Server server : pool.servers()) {
            for (Checker checker : server.checkers()) {
                rounds.dismiss(checker, out);
            }
        }
    }

    /// `ha_suspend`: while the service's addresses are elsewhere, its servers are not our concern.
    private boolean isSuspended(Pool pool) {
        if (!pool.spec().suspendWithoutAddress()) {
            return false;
        }
        for (ServiceKey.Single member : pool.spec().members()) {
            boolean ours =
                    switch (member) {
                        case ServiceKey.Address(_, var endpoint) ->
                                addresses.contains(endpoint.address());
                        case ServiceKey.Mark _ -> true;
                    };
            if (ours) {
                return false;
            }
        }
        return true;
    }

    private static boolean dependsOn(Pool pool, IpAddress address) {
        if (!pool.spec().suspendWithoutAddress()) {
            return false;
        }
        for (ServiceKey.Single member : pool.spec().members()) {
            if (member instanceof ServiceKey.Address(_, var endpoint)
                    && endpoint.address().equals(address)) {
                return true;
            }
        }
        return false;
    }

    private Map<ServiceKey, Pool> poolsOf(BalanceSpec spec) {
        Map<ServiceKey, Pool> pools = LinkedHashMap.newLinkedHashMap(spec.services().size());
        for (VirtualServerSpec service : spec.services()) {
            pools.computeIfAbsent(service.key(), _ -> new Pool(service, sharing, numbers));
        }
        return pools;
    }
}
