package holdfast.balance;

import java.util.Optional;

/// A virtual service as a data plane holds it. Its key is its identity.
public record Service(
        ServiceKey.Single key, Scheduler scheduler, Optional<Persistence> persistence) {}
