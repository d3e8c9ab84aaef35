package holdfast.balance;

import holdfast.net.Family;
import java.time.Duration;
import java.util.Optional;

/// Clients stay with their server.
///
/// @param timeout whole seconds, at least one
/// @param granularity prefix length: clients within one prefix count as one
/// @param engine an IPVS persistence engine, for example `sip`
public record Persistence(Duration timeout, int granularity, Optional<String> engine) {

    /// For a service of this family: what tells clients of one family apart, does so in the other.
    Persistence in(Family family) {
        boolean whole = granularity == Family.INET.bits() || granularity == Family.INET6.bits();
        return whole ? new Persistence(timeout, family.bits(), engine) : this;
    }
}
