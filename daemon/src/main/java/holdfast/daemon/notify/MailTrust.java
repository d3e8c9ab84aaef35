package holdfast.daemon.notify;

import holdfast.config.GlobalSpec.MailSpec;
import holdfast.config.MailSecurity;
import holdfast.config.MailSecurity.Encryption;
import holdfast.daemon.balance.AnyServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Whom we believe to be the mail server.
///
/// Reading all certificates that a system trusts takes long for a loop, so a thread does it as soon
/// as the configuration asks for TLS; by the first mail it is done.
final class MailTrust {

    private final MailSpec spec;
    private final FutureTask<SSLContext> context;

    private MailTrust(MailSpec spec) {
        this.spec = spec;
        this.context = new FutureTask<>(() -> context(spec.security()));
        Thread reader = new Thread(context, "certificates");
        reader.setDaemon(true);
        reader.start();
    }

    /// Nothing is loaded where nothing is encrypted.
    static Optional<MailTrust> of(MailSpec spec) {
        return spec.security().encryption() == Encryption.NONE
                ? Optional.empty()
                : Optional.of(new MailTrust(spec));
    }

    /// For one connection, from its greeting on.
    ///
    /// @throws IOException when the certificates cannot be read
    SSLEngine engine() throws IOException {
        SSLEngine engine;
        try {
            engine = context.get().createSSLEngine(spec.serverName(), spec.server().port());
        } catch (ExecutionException e) {
            throw new IOException("the certificates cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the certificates were not read in time", e);
        }
        engine.setUseClientMode(true);
        if (spec.security().encryption() == Encryption.REQUIRED) {
            SSLParameters parameters = engine.getSSLParameters();
            // The rules of RFC 2818 for names in certificates; mail has no stricter ones.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    private static SSLContext context(MailSecurity security)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] trusted =
                switch (security.encryption()) {
                    case NONE, STARTTLS -> new TrustManager[] {new AnyServer()};
                    case REQUIRED -> authorities(security.authorities());
                };
        context.init(null, trusted, null);
        return context;
    }

    private static TrustManager[] authorities(Optional<String> file)
            throws IOException, GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (file.isEmpty()) {
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(file.get()))) {
            int number = 0;
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + number++, one);
            }
            if (number == 0) {
                throw new IOException("no certificate in " + file.get());
            }
        }
        factory.init(store);
        return factory.getTrustManagers();
    }
}
