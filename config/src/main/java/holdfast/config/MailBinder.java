package holdfast.config;

import holdfast.config.GlobalSpec.MailSpec;
import holdfast.config.MailSecurity.Encryption;
import holdfast.config.MailSecurity.Login;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Binds what `global_defs` says about mail.
final class MailBinder {

    private static final int SMTP_PORT = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Context context;
    private final Section globals;

    MailBinder(Context context) {
        this.context = context;
        this.globals = context.globals();
    }

    /// Nothing when there is nobody to write to, or nobody to carry it.
    Optional<MailSpec> bind() {
        List<String> recipients =
                globals.last("notification_email").stream()
                        .flatMap(entry -> entry.listed().stream())
                        .map(Word::text)
                        .filter(text -> !text.isBlank())
                        .toList();
        if (recipients.isEmpty()) {
            return Optional.empty();
        }
        return globals.last("smtp_server")
                .flatMap(this::server)
                .map(server -> spec(server, globals.text("smtp_server").orElse(""), recipients));
    }

    private MailSpec spec(Endpoint server, String name, List<String> recipients) {
        HostFacts host = context.host();
        return new MailSpec(
                server,
                name,
                security(),
                globals.text("notification_email_from")
                        .orElseGet(() -> host.self().user() + "@" + host.hostName()),
                recipients,
                globals.text("smtp_helo_name").orElseGet(host::hostName),
                globals.seconds("smtp_connect_timeout").orElse(PATIENCE),
                globals.has("no_email_faults"),
                globals.flag("no_checker_emails").orElse(false));
    }

    private MailSecurity security() {
        Encryption encryption =
                globals.text("smtp_tls")
                        .map(word -> Encryption.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Encryption.NONE);
        return new MailSecurity(encryption, globals.text("smtp_ca_file"), login(encryption));
    }

    private Optional<Login> login(Encryption encryption) {
        Optional<Entry> user = globals.last("smtp_user");
        Optional<Entry> password = globals.last("smtp_password");
        if (user.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        Word at = user.or(() -> password).orElseThrow().at();
        if (user.isEmpty() || password.isEmpty()) {
            context.findings().error(at, "'smtp_user' and 'smtp_password' belong together");
            return Optional.empty();
        }
        if (encryption == Encryption.NONE) {
            context.findings()
                    .error(
                            at,
                            "a password is not sent in the clear; nobody logs in",
                            "write smtp_tls required into global_defs");
            return Optional.empty();
        }
        if (encryption == Encryption.STARTTLS) {
            context.findings()
                    .note(
                            at,
                            "the password goes to whoever answers; 'smtp_tls required' checks who");
        }
        return Optional.of(new Login(user.get().text(), password.get().text()));
    }

    /// A name is looked up once, here, so that nobody waits for a name server later.
    private Optional<Endpoint> server(Entry entry) {
        int port =
                entry.wordIfAny(1)
                        .flatMap(word -> Scalars.port(word.text()).value())
                        .map(Number::intValue)
                        .orElse(SMTP_PORT);
        Optional<IpAddress> address =
                Scalars.address(entry.text())
                        .value()
                        .or(() -> context.host().lookUp(entry.text()).stream().findFirst());
        if (address.isEmpty()) {
            context.findings()
                    .note(
                            entry.word(0),
                            "no address is known for '%s'; no mail will be sent"
                                    .formatted(entry.text()));
        }
        return address.map(known -> new Endpoint(known, port));
    }
}
