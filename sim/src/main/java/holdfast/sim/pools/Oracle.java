package holdfast.sim.pools;

import holdfast.balance.Destination;
import holdfast.balance.RealServerSpec;
import holdfast.balance.ServiceStatus;
import holdfast.balance.SorryServerSpec;
import holdfast.net.Endpoint;
import holdfast.time.MonoTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one pool should have in the plane, worked out by the words of the specification.
final class Oracle {

    /// Servers that were good last, for panic.
    private final Set<Endpoint> good = new HashSet<>();

    /// When servers came back that had been down.
    private final Map<Endpoint, MonoTime> backSince = new HashMap<>();

    /// Of whom the plane does not tell whether panic keeps them.
    private final Set<Endpoint> unsure = new HashSet<>();

    private boolean panicking;

    /// A server has turned; `again` if it had been up before.
    void turned(MonoTime now, Endpoint server, boolean up, boolean again) {
        if (up && again) {
            backSince.put(server, now);
        } else {
            backSince.remove(server);
        }
    }

    /// Looks at the pool after a step in which at most one thing happened to it.
    void look(ServiceStatus status) {
        int percent = status.spec().caution().panicThreshold();
        long live = 0;
        long whole = 0;
        for (ServiceStatus.ServerStatus server : status.servers()) {
            whole += server.weight();
            live += server.alive() ? server.weight() : 0;
        }
        panicking =
                percent > 0 && !isApologising(status) && whole > 0 && live * 100 < whole * percent;
        if (!panicking) {
            good.clear();
            unsure.clear();
        }
        unsure.removeAll(aliveOf(status));
        good.addAll(aliveOf(status));
    }

    /// Takes over what the plane has, after a step in which more happened than can be followed.
    void adopt(ServiceStatus status) {
        look(status);
        if (panicking) {
            good.retainAll(aliveOf(status));
            for (ServiceStatus.ServerStatus server : status.servers()) {
                if (!server.alive()) {
                    adopt(status, server.spec());
                }
            }
        }
    }

    /// Rows that serve nobody are there for other reasons, too.
    private void adopt(ServiceStatus status, RealServerSpec server) {
        boolean apology =
                status.spec()
                        .sorryServer()
                        .filter(SorryServerSpec::inhibit)
                        .map(SorryServerSpec::endpoint)
                        .filter(server.endpoint()::equals)
                        .isPresent();
        for (Destination row : status.destinations()) {
            if (row.endpoint().equals(server.endpoint())) {
                if (row.weight() == 0 && (server.inhibitOnFailure() || apology)) {
                    unsure.add(row.endpoint());
                } else {
                    good.add(row.endpoint());
                }
            }
        }
    }

    boolean isUnsureOf(Endpoint server) {
        return unsure.contains(server);
    }

    private static Set<Endpoint> aliveOf(ServiceStatus status) {
        Set<Endpoint> alive = new HashSet<>();
        for (ServiceStatus.ServerStatus server : status.servers()) {
            if (server.alive()) {
                alive.add(server.spec().endpoint());
            }
        }
        return alive;
    }

    boolean isPanicking() {
        return panicking;
    }

    static boolean isApologising(ServiceStatus status) {
        return !status.quorumUp() && status.spec().sorryServer().isPresent();
    }

    /// The rows, with whole weights.
    Map<Endpoint, Destination> rows(ServiceStatus status) {
        Map<Endpoint, Destination> rows = new HashMap<>();
        boolean apology = isApologising(status);
        Optional<SorryServerSpec> sorry = status.spec().sorryServer();
        if (sorry.isPresent() && !apology && sorry.get().inhibit()) {
            rows.put(sorry.get().endpoint(), row(sorry.get(), 0));
        }
        for (ServiceStatus.ServerStatus server : status.servers()) {
            Endpoint endpoint = server.spec().endpoint();
            boolean kept = panicking && good.contains(endpoint);
            if ((server.alive() || kept) && !apology) {
                rows.put(endpoint, row(server.spec(), server.weight()));
            } else if (server.spec().inhibitOnFailure()) {
                rows.put(endpoint, row(server.spec(), 0));
            }
        }
        if (sorry.isPresent() && apology) {
            rows.put(sorry.get().endpoint(), row(sorry.get(), 1));
        }
        return rows;
    }

    /// Whether a row may still have less than its whole weight.
    ///
    /// @param servedAt when deadlines were last kept
    boolean isRising(ServiceStatus status, Endpoint server, MonoTime servedAt) {
        MonoTime since = backSince.get(server);
        return since != null && since.plus(status.spec().caution().slowStart()).isAfter(servedAt);
    }

    private static Destination row(RealServerSpec spec, int weight) {
        return new Destination(
                spec.endpoint(),
                weight,
                spec.forwarding(),
                spec.upperThreshold(),
                spec.lowerThreshold());
    }

    private static Destination row(SorryServerSpec spec, int weight) {
        return new Destination(spec.endpoint(), weight, spec.forwarding(), 0, 0);
    }
}
