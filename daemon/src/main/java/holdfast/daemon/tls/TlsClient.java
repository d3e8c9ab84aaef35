package holdfast.daemon.tls;

import holdfast.probe.TlsSpec;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.StandardConstants;

/// Our side of the TLS of one kind of checks: every version that the JVM allows.
public final class TlsClient {

    /// The greeting of a version that nobody may speak any more.
    private static final String OLDEST = "SSLv2Hello";

    private final SSLContext context;
    private final List<String> protocols;

    /// @param protocols to offer for what is spoken over TLS
    public TlsClient(SSLContext context, List<String> protocols) {
        this.context = context;
        this.protocols = List.copyOf(protocols);
    }

    /// For one connection, from its greeting on. Sessions are not resumed: a server that cannot
    /// make new ones is not well.
    public SSLEngine engine(TlsSpec.Session session) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(
                Arrays.stream(engine.getSupportedProtocols())
                        .filter(version -> !version.equals(OLDEST))
                        .toArray(String[]::new));
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        if (session.serverName().isPresent()) {
            parameters.setServerNames(List.of(new VerbatimName(session.serverName().get())));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /// Looks at the server's certificate after the handshake.
    ///
    /// @throws SSLException when it is not that of whom the session wants
    public static void check(SSLEngine engine, TlsSpec.Session session) throws SSLException {
        if (session.certified().isEmpty()) {
            return;
        }
        String name = session.certified().get();
        if (certificate(engine).filter(found -> ServerNames.fits(found, name)).isEmpty()) {
            throw new SSLException("the certificate is not that of " + name);
        }
    }

    /// Until when the server's certificate is valid.
    public static Optional<Instant> validUntil(SSLEngine engine) {
        return certificate(engine).map(found -> found.getNotAfter().toInstant());
    }

    private static Optional<X509Certificate> certificate(SSLEngine engine) {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return chain[0] instanceof X509Certificate found
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    /// A host name that is sent as it is written, even where no host could have it.
    private static final class VerbatimName extends SNIServerName {
        VerbatimName(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
        }
    }
}
