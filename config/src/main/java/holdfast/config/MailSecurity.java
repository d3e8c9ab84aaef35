package holdfast.config;

import java.util.Optional;

/// How the way to the mail server is protected (`smtp_tls` and its companions, which are ours).
///
/// @param authorities a file of certificates that vouch for the server; the system's otherwise
public record MailSecurity(
        Encryption encryption, Optional<String> authorities, Optional<Login> login) {

    public static final MailSecurity NONE =
            new MailSecurity(Encryption.NONE, Optional.empty(), Optional.empty());

    /// `smtp_tls`.
    public enum Encryption {
        NONE,
        /// Encrypted if the server can, whoever it is.
        STARTTLS,
        /// Encrypted, and the server is who it should be.
        REQUIRED
    }

    /// `smtp_user` and `smtp_password`.
    public record Login(String user, String password) {

        /// Nobody shall read the password in a log.
        @Override
        public String toString() {
            return user + " with password ********";
        }
    }
}
