package holdfast.balance;

import java.util.Optional;

/// A virtual service as a data plane holds it. Its key is its identity.
///
/// @param masquerade whether servers see the director in the place of their clients
public record Service(
        ServiceKey.Single key,
        Scheduler scheduler,
        Optional<Persistence> persistence,
        boolean masquerade) {

    /// One that leaves clients as they are.
    public Service(ServiceKey.Single key, Scheduler scheduler, Optional<Persistence> persistence) {
        this(key, scheduler, persistence, false);
    }
}
