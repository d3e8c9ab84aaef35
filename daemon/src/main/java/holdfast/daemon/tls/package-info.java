/// Our side of TLS: who we are, whom we believe, and the files that say so.
///
/// Start at `TlsContexts`.
@NullMarked
package holdfast.daemon.tls;

import org.jspecify.annotations.NullMarked;
