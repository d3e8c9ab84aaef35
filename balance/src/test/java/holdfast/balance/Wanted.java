package holdfast.balance;

import holdfast.net.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the plane should hold, worked out anew and simply from what is known of a service.
final class Wanted {

    private Wanted() {}

    static Set<Destination> rows(ServiceStatus status) {
        Map<Endpoint, Destination> rows = new HashMap<>();
        boolean apology = !status.quorumUp() && status.spec().sorryServer().isPresent();
        status.spec()
                .sorryServer()
                .filter(sorry -> !apology && sorry.inhibit())
                .ifPresent(sorry -> rows.put(sorry.endpoint(), row(sorry, 0)));
        for (ServiceStatus.ServerStatus server : status.servers()) {
            if (server.alive() && !apology) {
                rows.put(server.spec().endpoint(), row(server.spec(), server.weight()));
            } else if (server.spec().inhibitOnFailure()) {
                rows.put(server.spec().endpoint(), row(server.spec(), 0));
            }
        }
        status.spec()
                .sorryServer()
                .filter(_ -> apology)
                .ifPresent(sorry -> rows.put(sorry.endpoint(), row(sorry, 1)));
        return new HashSet<>(rows.values());
    }

    static long liveWeight(ServiceStatus status) {
        long sum = 0;
        for (ServiceStatus.ServerStatus server : status.servers()) {
            sum += server.alive() ? server.weight() : 0;
        }
        return sum;
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
