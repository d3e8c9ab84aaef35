package holdfast.config;

import holdfast.config.GlobalSpec.MailSpec;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import java.time.Duration;
import java.util.List;
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
                .map(server -> spec(server, recipients));
    }

    private MailSpec spec(Endpoint server, List<String> recipients) {
        HostFacts host = context.host();
        return new MailSpec(
                server,
                globals.text("notification_email_from")
                        .orElseGet(() -> host.self().user() + "@" + host.hostName()),
                recipients,
                globals.text("smtp_helo_name").orElseGet(host::hostName),
                globals.seconds("smtp_connect_timeout").orElse(PATIENCE),
                globals.has("no_email_faults"),
                globals.flag("no_checker_emails").orElse(false));
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
