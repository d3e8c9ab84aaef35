package holdfast.balance;

import holdfast.balance.BalanceEffect.PanicChanged;
import holdfast.balance.BalanceEffect.QuorumChanged;
import holdfast.balance.BalanceEffect.ServerRemoved;
import holdfast.balance.BalanceEffect.ServerTurned;
import holdfast.balance.BalanceEffect.WeightChanged;
import holdfast.net.Endpoint;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One virtual service: who of its servers is alive, whether they are enough, and what the data
/// plane should hold therefore (LVS specification, section 4).
///
/// Confined to one thread.
final class Pool {

    /// The sorry server's weight while it is in use.
    private static final int SORRY_WEIGHT = 1;

    /// How a server was before something was heard of it.
    private record Before(Server server, boolean alive, int weight) {

        /// Begins a slow start if it has come back, and ends one if it has fallen.
        void pace(MonoTime now) {
            if (alive && !server.isAlive()) {
                server.ramp().end();
            } else if (!alive && server.isAlive() && server.isAnnounced()) {
                server.ramp().begin(now);
            }
        }
    }

    private VirtualServerSpec spec;
    private Map<Endpoint, Server> servers = new LinkedHashMap<>();
    private final Rows rows;
    private final Numbers numbers;
    private final Panic panic = new Panic();
    private boolean quorumUp;
    private long liveWeight;

    /// @param numbers what the files say, now and later
    Pool(VirtualServerSpec spec, Sharing sharing, Numbers numbers) {
        this.spec = spec;
        this.numbers = numbers;
        this.rows = new Rows(spec, sharing);
        for (RealServerSpec server : spec.servers()) {
            servers.computeIfAbsent(server.endpoint(), _ -> succeed(null, server));
        }
        liveWeight = sumOfLiveWeights();
    }

    /// Builds the service. Quorum counts as down before, so a whole pool gains it now.
    void start(boolean initNotifies, List<BalanceEffect> out) {
        Optional<QuorumChanged> gained = judgeQuorum();
        judgePanic();
        List<Server> failing = reveal(out);
        rows.begin(out);
        rows.settle(allEndpoints(), this::wanted, out);
        failing.forEach(server -> announce(server, true, out));
        if (initNotifies) {
            servers.values().stream()
                    .filter(Server::isAlive)
                    .forEach(server -> announce(server, true, out));
        }
        boolean sorryTakesOver = !quorumUp && spec.sorryServer().isPresent();
        gained.ifPresent(out::add);
        if (sorryTakesOver) {
            out.add(quorumFact());
        }
    }

    /// Says what files were found to say; returns the servers that fail by that.
    private List<Server> reveal(List<BalanceEffect> out) {
        List<Server> failing = new ArrayList<>();
        for (Server server : servers.values()) {
            if (server.reveal(numbers, out)) {
                failing.add(server);
            }
        }
        return failing;
    }

    /// A file says something else. What comes of it for all servers is one step.
    ///
    /// @return the servers that it is about
    List<Server> hear(MonoTime now, Server.Word word, List<BalanceEffect> out) {
        List<Server> concerned = new ArrayList<>();
        for (Server server : servers.values()) {
            if (server.hear(word, out)) {
                concerned.add(server);
            }
        }
        if (!concerned.isEmpty()) {
            reconsider(now, concerned, false, out);
        }
        return concerned;
    }

    /// Draws the conclusion from a checker's result.
    void reconsider(MonoTime now, Server server, boolean failedAtFirst, List<BalanceEffect> out) {
        if (!failedAtFirst && !server.isStale()) {
            return; // Nearly always: all is well, as before.
        }
        reconsider(now, List.of(server), failedAtFirst, out);
    }

    private void reconsider(
            MonoTime now, List<Server> changed, boolean failedAtFirst, List<BalanceEffect> out) {
        List<Before> before = new ArrayList<>(changed.size());
        for (Server server : changed) {
            before.add(new Before(server, server.isAlive(), server.weight()));
            liveWeight -= server.liveWeight();
            server.recount();
            liveWeight += server.liveWeight();
        }
        for (Before one : before) {
            one.pace(now);
        }
        Optional<QuorumChanged> quorum = judgeQuorum();
        boolean alarmed = judgePanic();
        boolean all = quorum.isPresent() || alarmed;
        rows.settle(all ? allEndpoints() : endpoints(changed), this::wanted, out);
        if (alarmed) {
            out.add(panicFact());
        }
        for (Before one : before) {
            tell(one, failedAtFirst, out);
        }
        quorum.ifPresent(out::add);
    }

    private void tell(Before before, boolean failedAtFirst, List<BalanceEffect> out) {
        Server server = before.server();
        if (before.weight() != server.weight()) {
            out.add(
                    new WeightChanged(
                            spec.key(), server.endpoint(), before.weight(), server.weight()));
        }
        if (before.alive() != server.isAlive()) {
            announce(server, true, out);
        } else if (failedAtFirst && !server.isAlive() && server.announce()) {
            out.add(new ServerTurned(spec.key(), server.spec(), false, true));
        }
    }

    private static List<Endpoint> endpoints(List<Server> servers) {
        List<Endpoint> endpoints = new ArrayList<>(servers.size());
        for (Server server : servers) {
            endpoints.add(server.endpoint());
        }
        return endpoints;
    }

    /// Goes over to other orders for the same service. Whoever stays is edited in place, so that
    /// its connections survive.
    void respecify(VirtualServerSpec next, boolean initNotifies, List<BalanceEffect> out) {
        final Map<Endpoint, Server> old = servers;
        spec = next;
        servers = LinkedHashMap.newLinkedHashMap(next.servers().size());
        for (RealServerSpec server : next.servers()) {
            servers.computeIfAbsent(
                    server.endpoint(), endpoint -> succeed(old.get(endpoint), server));
        }
        liveWeight = sumOfLiveWeights();
        final Optional<QuorumChanged> quorum = judgeQuorum();
        final boolean alarmed = judgePanic();
        // In the order of the text, which some schedulers look at.
        final Set<Endpoint> touched = new LinkedHashSet<>(allEndpoints());
        touched.addAll(rows.endpoints());
        final List<Server> failing = reveal(out);
        rows.respecify(next, out);
        rows.settle(touched, this::wanted, out);
        if (alarmed) {
            out.add(panicFact());
        }
        for (Server server : servers.values()) {
            Server was = old.remove(server.endpoint());
            if (was == null) {
                if ((initNotifies && server.isAlive()) || failing.contains(server)) {
                    announce(server, true, out);
                }
            } else if (was.isAlive() != server.isAlive()) {
                announce(server, true, out);
            }
        }
        old.values().forEach(gone -> bury(gone, true, out));
        quorum.ifPresent(out::add);
    }

    private Server succeed(@Nullable Server before, RealServerSpec server) {
        Duration slowStart = spec.caution().slowStart();
        if (before == null) {
            Ramp ramp = new Ramp(spec.key(), server.endpoint(), slowStart);
            return new Server(spec.key(), server, ramp, numbers);
        }
        boolean paced = before.ramp().hasLength(slowStart);
        if (paced && before.spec().equals(server)) {
            return before;
        }
        Ramp ramp = paced ? before.ramp() : new Ramp(spec.key(), server.endpoint(), slowStart);
        Server next = new Server(spec.key(), server, ramp, before, numbers);
        if (!next.isAlive()) {
            ramp.end();
        }
        return next;
    }

    /// Takes the service down.
    ///
    /// @param told whether scripts hear that servers and quorum are gone
    void stop(boolean told, boolean removed, List<BalanceEffect> out) {
        rows.clear(spec.sorryServer().map(SorryServerSpec::endpoint), out);
        final boolean wasUp = quorumUp;
        quorumUp = false;
        liveWeight = 0;
        for (Server server : servers.values()) {
            if (removed) {
                bury(server, told, out);
            } else if (told && server.isAlive()) {
                out.add(new ServerTurned(spec.key(), server.spec(), false, true));
            }
        }
        if (told && wasUp) {
            out.add(quorumFact());
        }
    }

    /// Says again what the plane should hold under one of its services.
    void repeat(ServiceKey.Single member, List<BalanceEffect> out) {
        rows.repeat(member, out);
    }

    private void announce(Server server, boolean told, List<BalanceEffect> out) {
        server.announce();
        out.add(new ServerTurned(spec.key(), server.spec(), server.isAlive(), told));
    }

    private void bury(Server gone, boolean told, List<BalanceEffect> out) {
        if (gone.isAlive()) {
            out.add(new ServerTurned(spec.key(), gone.spec(), false, told));
        }
        out.add(new ServerRemoved(spec.key(), gone.spec()));
    }

    /// Compares the live weight with the threshold. A pool without any weight never has quorum,
    /// whatever the configuration asks, so that the sorry server can serve in its place.
    private Optional<QuorumChanged> judgeQuorum() {
        boolean enough = liveWeight > 0 && liveWeight >= threshold();
        if (enough == quorumUp) {
            return Optional.empty();
        }
        long threshold = threshold();
        quorumUp = enough;
        return Optional.of(
                new QuorumChanged(spec.key(), spec.quorum(), enough, liveWeight, threshold));
    }

    /// The sorry server comes first: where there is one, it is what the operator wants when too few
    /// are left.
    private boolean judgePanic() {
        int percent = spec.caution().panicThreshold();
        return panic.judge(servers.values(), percent, isSorryActive());
    }

    private PanicChanged panicFact() {
        return new PanicChanged(spec.key(), panic.isOn(), panic.live(), panic.whole());
    }

    /// Brings the row of a server that is being given its weight by and by up to date.
    void climb(MonoTime now, Server server, List<BalanceEffect> out) {
        server.ramp().climb(now);
        rows.settle(List.of(server.endpoint()), this::wanted, out);
    }

    private QuorumChanged quorumFact() {
        return new QuorumChanged(spec.key(), spec.quorum(), quorumUp, liveWeight, threshold());
    }

    /// Hysteresis makes quorum harder to gain and harder to lose; it never makes it negative.
    private long threshold() {
        long quorum = spec.quorum().quorum();
        long hysteresis = spec.quorum().hysteresis();
        if (quorumUp) {
            return Math.max(0, quorum - hysteresis);
        }
        return hysteresis > Long.MAX_VALUE - quorum ? Long.MAX_VALUE : quorum + hysteresis;
    }

    /// The row that this endpoint should have now: what the plane holds is a function of who is
    /// alive and whether they are enough.
    private Optional<Destination> wanted(Endpoint endpoint) {
        Optional<SorryServerSpec> sorry =
                spec.sorryServer().filter(it -> it.endpoint().equals(endpoint));
        if (sorry.isPresent() && isSorryActive()) {
            return sorry.map(it -> sorryRow(it, SORRY_WEIGHT));
        }
        Server server = servers.get(endpoint);
        if (server != null) {
            boolean serving = (server.isAlive() || panic.keeps(server)) && !isSorryActive();
            if (serving || server.spec().inhibitOnFailure()) {
                return Optional.of(server.row(serving));
            }
        }
        return sorry.filter(SorryServerSpec::inhibit).map(it -> sorryRow(it, 0));
    }

    private static Destination sorryRow(SorryServerSpec sorry, int weight) {
        return new Destination(sorry.endpoint(), weight, sorry.forwarding(), 0, 0);
    }

    private Collection<Endpoint> allEndpoints() {
        List<Endpoint> all = new ArrayList<>(servers.keySet());
        spec.sorryServer()
                .map(SorryServerSpec::endpoint)
                .filter(endpoint -> !servers.containsKey(endpoint))
                .ifPresent(all::add);
        return all;
    }

    private long sumOfLiveWeights() {
        return servers.values().stream().mapToLong(Server::liveWeight).sum();
    }

    private boolean isSorryActive() {
        return !quorumUp && spec.sorryServer().isPresent();
    }

    VirtualServerSpec spec() {
        return spec;
    }

    @Nullable Server server(Endpoint endpoint) {
        return servers.get(endpoint);
    }

    Collection<Server> servers() {
        return servers.values();
    }

    ServiceStatus status(boolean programmed) {
        List<ServiceStatus.ServerStatus> each =
                servers.values().stream()
                        .map(
                                server ->
                                        new ServiceStatus.ServerStatus(
                                                server.spec(),
                                                server.isAlive(),
                                                server.weight(),
                                                server.checks()))
                        .toList();
        boolean sorry = programmed && isSorryActive();
        return new ServiceStatus(spec, quorumUp, liveWeight, sorry, each, rows.all());
    }
}
