package holdfast.lab.bench;

import java.time.Duration;

/// How long the second router took to take the place of the killed first one.
///
/// Immutable.
///
/// @param toAdvert from the kill to its first advert
/// @param toAddress from the kill to the address being its own
/// @param afterLast from the last advert of the killed one to its first
/// @param untimelyAdverts how many it sent before, while the first one still served
record Takeover(Duration toAdvert, Duration toAddress, Duration afterLast, long untimelyAdverts) {}
