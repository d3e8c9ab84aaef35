package holdfast.daemon.balance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;

/// Our side of TLS, for all checks alike: whatever version the JVM allows, and any certificate.
final class TlsClient {

    private final SSLContext context;

    TlsClient() {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyServer()}, null);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has TLS", e);
        }
    }

    /// For one connection, from its greeting on. Sessions are not resumed: a server that cannot
    /// make new ones is not well.
    SSLEngine engine(Optional<String> serverName) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        if (serverName.isPresent()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new VerbatimName(serverName.get())));
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    /// A host name that is sent as it is written, even where no host could have it.
    private static final class VerbatimName extends SNIServerName {
        VerbatimName(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
        }
    }
}
