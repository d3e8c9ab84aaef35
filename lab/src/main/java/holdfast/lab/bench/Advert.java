package holdfast.lab.bench;

import java.time.Instant;

/// A VRRP advert as it was seen on a wire.
///
/// Immutable.
record Advert(Instant at, String source, int vrid) {}
