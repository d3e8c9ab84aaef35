package holdfast.balance;

import java.time.Duration;
import java.util.Optional;

/// Clients stay with their server.
///
/// @param timeout whole seconds, at least one
/// @param granularity prefix length: clients within one prefix count as one
/// @param engine an IPVS persistence engine, for example `sip`
public record Persistence(Duration timeout, int granularity, Optional<String> engine) {}
