package holdfast.config;

import holdfast.net.Endpoint;
import holdfast.probe.HttpSpec;
import holdfast.probe.TlsSpec;
import holdfast.probe.TlsSpec.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds what an `SSL_GET` checker wants of TLS, and the block `SSL` that serves all of them.
final class TlsBinder {

    private final Context context;
    private final Section service;

    TlsBinder(Context context, Section service) {
        this.context = context;
        this.service = service;
    }

    /// One session for each URL that [HttpBinder] takes.
    ///
    /// @param http what is asked, with the names of hosts
    /// @param target whom it is asked
    TlsSpec bind(Entry checker, HttpSpec http, Endpoint target) {
        Section block = checker.inner();
        boolean verified = block.flag("tls_verify").orElse(false);
        if (!verified) {
            for (String follower : List.of("tls_verify_name", "tls_ca_file")) {
                block.last(follower)
                        .ifPresent(
                                stray ->
                                        context.findings()
                                                .error(
                                                        stray.at(),
                                                        "nothing is verified without tls_verify"));
            }
        }
        List<Section> urls =
                block.all("url").stream()
                        .map(Entry::inner)
                        .filter(url -> url.text("path").isPresent())
                        .toList();
        List<TlsSpec.Session> sessions = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            Optional<String> name = serverName(block, urls.get(i));
            String nearest =
                    block.text("tls_verify_name")
                            .or(() -> name)
                            .or(http.urls().get(i)::host)
                            .orElse(target.address().toString());
            sessions.add(
                    new TlsSpec.Session(
                            name,
                            urls.get(i)
                                    .flag("tls_compliant")
                                    .or(() -> block.flag("tls_compliant"))
                                    .orElse(false),
                            verified ? Optional.of(nearest) : Optional.empty()));
        }
        return new TlsSpec(
                sessions,
                verified
                        ? context.client().verifying(readable(block, "tls_ca_file"))
                        : context.client(),
                protocols(block),
                block.number("tls_expiry_warning").map(Context::toInt).orElse(0));
    }

    /// The `virtualhost` of the real server names no server here, though it is sent as the `Host`
    /// (LVS specification, section 7).
    private Optional<String> serverName(Section checker, Section url) {
        if (!isNamed(checker)) {
            return Optional.empty();
        }
        return checker.text("sni_name")
                .or(() -> url.text("virtualhost"))
                .or(() -> checker.text("virtualhost"))
                .or(() -> service.text("virtualhost"))
                .filter(name -> !name.isEmpty());
    }

    /// `sni_name` turns on what `enable_sni` may turn off behind it.
    private static boolean isNamed(Section checker) {
        boolean named = false;
        for (Entry entry : checker.entries()) {
            if (entry.name().equals("sni_name")) {
                named = true;
            } else if (entry.name().equals("enable_sni")) {
                named = entry.words().isEmpty() || Scalars.bool(entry.text()).value().orElse(true);
            }
        }
        return named;
    }

    private List<String> protocols(Section block) {
        List<String> protocols = new ArrayList<>();
        for (Entry entry : block.all("tls_alpn")) {
            for (Word word : entry.words()) {
                if (word.text().startsWith("http/1.")) {
                    protocols.add(word.text());
                } else {
                    context.findings()
                            .error(
                                    word,
                                    "'%s' is no protocol that a check speaks"
                                            .formatted(word.text()),
                                    "write http/1.1 or http/1.0");
                }
            }
        }
        return protocols;
    }

    private Optional<String> readable(Section block, String keyword) {
        return readable(context.host(), context.findings(), block, keyword);
    }

    /// The block `SSL`: who we are to servers that ask.
    static Credentials credentials(Section root, HostFacts host, Findings findings) {
        List<Entry> blocks = root.all("SSL");
        if (blocks.isEmpty()) {
            return Credentials.NONE;
        }
        blocks.stream()
                .skip(1)
                .forEach(
                        again ->
                                findings.error(
                                        again.at(), "'SSL' stands here already; this one counts"));
        Section block = blocks.getLast().inner();
        Optional<String> certificate = readable(host, findings, block, "certificate");
        Optional<String> key = readable(host, findings, block, "key");
        if (certificate.isEmpty() && key.isPresent()) {
            findings.error(
                    block.last("key").orElseThrow().at(), "a key is of no use without certificate");
        }
        return new Credentials(
                certificate,
                key.filter(_ -> certificate.isPresent()),
                block.text("password"),
                readable(host, findings, block, "ca"),
                false,
                Optional.empty());
    }

    /// A file that is not there yet is complained about, and tried again when it is needed.
    private static Optional<String> readable(
            HostFacts host, Findings findings, Section block, String keyword) {
        Optional<Entry> entry = block.last(keyword);
        entry.filter(file -> host.text(file.text()).isEmpty())
                .ifPresent(
                        file ->
                                findings.unusable(
                                        file.word(0),
                                        "the file cannot be read; checks"
                                                + " that need it will fail"));
        return entry.map(Entry::text);
    }
}
