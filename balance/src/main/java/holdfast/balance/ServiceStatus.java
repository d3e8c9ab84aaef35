package holdfast.balance;

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
    /// @param failing how many of its checkers have failed
    public record ServerStatus(RealServerSpec spec, boolean alive, int weight, int failing) {}
}
