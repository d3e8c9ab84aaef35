package holdfast.lab.demo;

import java.time.Instant;

/// A line that a daemon wrote to its notify FIFO, and when it was read.
///
/// Immutable.
record Notice(Instant at, String line) {}
