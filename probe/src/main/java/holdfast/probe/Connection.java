package holdfast.probe;

import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import java.util.Optional;

/// How a check reaches its server.
///
/// @param bindPort local port, 0 for any
/// @param device interface to bind to
/// @param mark `SO_MARK`, 0 for none
public record Connection(
        Endpoint target,
        Optional<IpAddress> bindAddress,
        int bindPort,
        Optional<String> device,
        int mark) {

    public static Connection to(Endpoint target) {
        return new Connection(target, Optional.empty(), 0, Optional.empty(), 0);
    }
}
