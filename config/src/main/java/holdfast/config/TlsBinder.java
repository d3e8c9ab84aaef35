package holdfast.config;

import holdfast.probe.TlsSpec;
import java.util.List;
import java.util.Optional;

/// Binds what an `SSL_GET` checker wants of TLS.
final class TlsBinder {

    private TlsBinder() {}

    /// One session for each URL that [HttpBinder] takes.
    ///
    /// The `virtualhost` of the real server names no server here, though it is sent as the `Host`
    /// (LVS specification, section 7).
    static TlsSpec bind(Section checker, Section service) {
        boolean named = checker.flag("enable_sni").orElse(false);
        boolean orderly = checker.flag("tls_compliant").orElse(false);
        List<TlsSpec.Session> sessions =
                checker.all("url").stream()
                        .map(Entry::inner)
                        .filter(url -> url.text("path").isPresent())
                        .map(
                                url ->
                                        new TlsSpec.Session(
                                                serverName(checker, service, url)
                                                        .filter(name -> named && !name.isEmpty()),
                                                url.flag("tls_compliant").orElse(orderly)))
                        .toList();
        return new TlsSpec(sessions);
    }

    private static Optional<String> serverName(Section checker, Section service, Section url) {
        return checker.text("sni_name")
                .or(() -> url.text("virtualhost"))
                .or(() -> checker.text("virtualhost"))
                .or(() -> service.text("virtualhost"));
    }
}
