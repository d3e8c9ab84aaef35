package holdfast.lab;

import java.time.Instant;

/// An address that came to a host, or went from it, as its kernel told it.
///
/// Immutable.
public record AddressChange(Instant at, String address, boolean added) {}
