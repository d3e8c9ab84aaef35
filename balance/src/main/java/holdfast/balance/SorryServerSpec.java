package holdfast.balance;

import holdfast.net.Endpoint;

/// Who answers when too few others can.
public record SorryServerSpec(Endpoint endpoint, Forwarding forwarding, boolean inhibit) {}
