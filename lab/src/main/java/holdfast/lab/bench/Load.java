package holdfast.lab.bench;

import java.time.Duration;

/// What two routers with many instances used, and how late the adverts were, in a span of time.
///
/// Immutable.
///
/// @param sending what the router that serves needed for 1,000 adverts
/// @param hearing what the router that stands by needed for them
/// @param lateness by how much the gaps between adverts of the same instance differ from the
/// interval
record Load(
        Duration sending,
        Duration hearing,
        Sample<Duration> lateness,
        long adverts,
        long untimelyAdverts,
        long residentBytes) {}
