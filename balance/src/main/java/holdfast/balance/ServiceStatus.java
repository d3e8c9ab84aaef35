package holdfast.balance;

import holdfast.probe.ProbeSpec;
import java.util.List;

/// One service as it is now, for status, dumps, and tests.
///
/// @param destinations what the data plane should hold now
public record ServiceStatus(
        VirtualServerSpec spec,
        boolean quorumUp,
        long liveWeight,
        boolean sorryActive,
        List<ServerStatus> servers,
        List<Destination> destinations) {

    public ServiceStatus {
        servers = List.copyOf(servers);
        destinations = List.copyOf(destinations);
    }

    /// @param weight the effective weight
    /// @param checks in the order of the configuration
    public record ServerStatus(
            RealServerSpec spec, boolean alive, int weight, List<CheckStatus> checks) {

        public ServerStatus {
            checks = List.copyOf(checks);
        }
    }

    /// What one checker believes of its server.
    public record CheckStatus(ProbeSpec spec, boolean up) {}
}
