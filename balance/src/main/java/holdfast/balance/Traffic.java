package holdfast.balance;

import holdfast.net.Endpoint;
import java.util.Optional;

/// What a data plane has counted for a service, or for one of its servers.
///
/// @param server empty for the service as a whole
/// @param connections that there are now, where the plane counts them
/// @param total since the service or the server was put there, where the plane counts that
public record Traffic(
        ServiceKey.Single service,
        Optional<Endpoint> server,
        Optional<Connections> connections,
        Optional<Total> total) {

    /// @param persistent clients that would get the same server again
    public record Connections(long active, long inactive, long persistent) {}

    public record Total(
            long connections, long packetsIn, long packetsOut, long bytesIn, long bytesOut) {}
}
