package holdfast.report.mail;

import java.util.Optional;

/// What a conversation with a mail server is protected by, and who we are in it.
///
/// @param login said only where the connection is encrypted
public record SmtpSecurity(Encryption encryption, Optional<Login> login) {

    public static final SmtpSecurity NONE = new SmtpSecurity(Encryption.NEVER, Optional.empty());

    /// Whether the connection becomes an encrypted one (RFC 3207).
    public enum Encryption {
        NEVER,
        /// If the server can.
        WELCOME,
        /// Or there is no mail.
        REQUIRED
    }

    /// An account at the server (RFC 4954).
    public record Login(String user, String password) {

        /// Nobody shall read the password in a log.
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /// Whether the server must encrypt: a password is not sent for everybody to read.
    boolean insists() {
        return encryption == Encryption.REQUIRED || login.isPresent();
    }
}
