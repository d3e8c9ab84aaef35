package holdfast.probe;

import java.util.List;
import java.util.Optional;

/// What an `SSL_GET` check wants of TLS. Whom the server's certificate names does not matter.
///
/// @param sessions one for each URL asked, in the same order; never empty
public record TlsSpec(List<Session> sessions) {

    public TlsSpec {
        sessions = List.copyOf(sessions);
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("a check over TLS needs a URL");
        }
    }

    /// @param serverName sent with the greeting, as it is written (RFC 6066, section 3)
    /// @param orderly ends by saying so, and hears the server do the same (RFC 8446, section 6.1)
    public record Session(Optional<String> serverName, boolean orderly) {}
}
