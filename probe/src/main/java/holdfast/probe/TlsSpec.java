package holdfast.probe;

import java.util.List;
import java.util.Optional;

/// What an `SSL_GET` check wants of TLS.
///
/// @param sessions one for each URL asked, in the same order; never empty
/// @param protocols to offer for what is spoken over TLS (RFC 7301); none says nothing of them
/// @param warningDays before a certificate expires; 0 for no warning
public record TlsSpec(
        List<Session> sessions, Credentials credentials, List<String> protocols, int warningDays) {

    public TlsSpec {
        sessions = List.copyOf(sessions);
        protocols = List.copyOf(protocols);
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("a check over TLS needs a URL");
        }
    }

    /// As Keepalived does it: any server will do, and it learns nothing of us.
    public static TlsSpec anyServer(List<Session> sessions) {
        return new TlsSpec(sessions, Credentials.NONE, List.of(), 0);
    }

    /// @param serverName sent with the greeting, as it is written (RFC 6066, section 3)
    /// @param orderly ends by saying so, and hears the server do the same (RFC 8446, section 6.1)
    /// @param certified whose the server's certificate has to be: a name, or an address; of anybody
    ///     when it is empty
    public record Session(
            Optional<String> serverName, boolean orderly, Optional<String> certified) {}

    /// Who we are, and whom we believe to be a server: names of PEM files.
    ///
    /// @param certificate ours, with the chain that leads to it; empty if we are nobody
    /// @param key in the file of the certificate when it is empty
    /// @param password of the key
    /// @param authorities they complete our chain
    /// @param verifies whether somebody has to vouch for the server
    /// @param trusted who vouches for it; whom Java trusts when it is empty
    public record Credentials(
            Optional<String> certificate,
            Optional<String> key,
            Optional<String> password,
            Optional<String> authorities,
            boolean verifies,
            Optional<String> trusted) {

        public static final Credentials NONE =
                new Credentials(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty());

        /// The same, for servers that have to be known.
        public Credentials verifying(Optional<String> file) {
            return new Credentials(
                    certificate, key, password, authorities, true, file.or(() -> authorities));
        }

        /// Nobody shall read the password in a log.
        @Override
        public String toString() {
            return "Credentials[certificate=%s, key=%s, authorities=%s, verifies=%s, trusted=%s]"
                    .formatted(certificate, key, authorities, verifies, trusted);
        }
    }
}
