package holdfast.lab.interop;

import java.time.Instant;

/// A router began to serve the address, or ceased to.
///
/// Immutable.
record Turn(Instant at, boolean serves) {}
