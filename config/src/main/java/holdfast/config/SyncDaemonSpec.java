package holdfast.config;

import holdfast.net.IpAddress;
import java.util.Optional;

/// The connections of one director for another (`lvs_sync_daemon`).
///
/// @param instance whose role says who sends and who hears; without it this host does both
/// @param id of the directors that belong together, 0 to 255
/// @param maxBytes of a datagram; 0 for the kernel's choice
/// @param port 0 for the kernel's choice
/// @param ttl 0 for the kernel's choice
public record SyncDaemonSpec(
        String interfaceName,
        Optional<String> instance,
        int id,
        int maxBytes,
        int port,
        int ttl,
        Optional<IpAddress> group) {}
