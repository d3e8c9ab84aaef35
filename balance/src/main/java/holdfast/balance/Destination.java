package holdfast.balance;

import holdfast.net.Endpoint;

/// A row that a data plane holds under a service. Its endpoint is its identity.
public record Destination(
        Endpoint endpoint,
        int weight,
        Forwarding forwarding,
        long upperThreshold,
        long lowerThreshold) {}
