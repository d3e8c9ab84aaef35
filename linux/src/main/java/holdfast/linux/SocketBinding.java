package holdfast.linux;

import holdfast.net.Endpoint;
import java.util.Optional;

/// Where a connection starts from.
///
/// @param local the own address, and a port unless it is 0
/// @param device the interface that all goes through
/// @param mark for routing and firewalls, 0 for none
public record SocketBinding(Optional<Endpoint> local, Optional<String> device, int mark) {

    /// Wherever the routes say.
    public static final SocketBinding ANY =
            new SocketBinding(Optional.empty(), Optional.empty(), 0);
}
