package holdfast.report.mail;

import java.nio.ByteBuffer;
import java.util.Optional;

/// What a conversation with a mail server wants done next.
public sealed interface SmtpStep {

    /// Send all of these bytes, then wait.
    record Send(ByteBuffer bytes) implements SmtpStep {}

    /// Wait for what comes.
    record Wait() implements SmtpStep {}

    /// The server is ready for TLS: shake hands, then say so by [SmtpSession#encrypted], and pass
    /// on what is decrypted from now on.
    record Encrypt() implements SmtpStep {}

    /// Close the connection.
    ///
    /// @param complaint why the mail did not get through; empty when it did
    record Done(Optional<String> complaint) implements SmtpStep {}
}
