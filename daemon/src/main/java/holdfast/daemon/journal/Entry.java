package holdfast.daemon.journal;

import holdfast.daemon.Level;
import java.time.Instant;

/// One line on its way to the sinks.
///
/// @param ident the name by which syslog knows its writer
public record Entry(Instant at, String ident, Level level, String text) {}
