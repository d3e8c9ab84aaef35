package holdfast.daemon.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/// Certificates and keys in files, for those who use them.
final class Certificates {

    private Certificates() {}

    /// Who vouches for servers: the certificates of a file, or whom Java trusts.
    static X509ExtendedTrustManager authorities(Optional<String> file)
            throws IOException, GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(file.isPresent() ? store(read(file.get())) : null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new IOException("Java knows nobody to trust");
    }

    private static KeyStore store(List<X509Certificate> certificates)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry("authority" + number++, certificate);
        }
        return store;
    }

    /// Who we are to servers that ask. The chain is completed by who vouches for servers,
    /// as OpenSSL does.
    ///
    /// @param keyFile the certificate's own file if it is empty
    static KeyManager identity(
            String certificateFile,
            Optional<String> keyFile,
            Optional<String> password,
            Optional<String> authoritiesFile)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = read(certificateFile);
        if (authoritiesFile.isPresent()) {
            complete(chain, read(authoritiesFile.get()));
        }
        String keyPath = keyFile.orElse(certificateFile);
        try {
            return new OwnKey(PrivateKeys.read(text(keyPath), password), chain);
        } catch (IOException e) {
            throw new IOException(keyPath + ": " + e.getMessage(), e);
        }
    }

    private static void complete(List<X509Certificate> chain, List<X509Certificate> others) {
        List<X509Certificate> left = new ArrayList<>(others);
        Optional<X509Certificate> next = Optional.of(chain.getLast());
        while (next.isPresent()) {
            X500Principal issuer = next.get().getIssuerX500Principal();
            boolean ends = issuer.equals(next.get().getSubjectX500Principal());
            next =
                    left.stream()
                            .filter(each -> !ends && each.getSubjectX500Principal().equals(issuer))
                            .findFirst();
            next.ifPresent(found -> chain.add(found));
            next.ifPresent(left::remove);
        }
    }

    private static List<X509Certificate> read(String file)
            throws IOException, GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        String text;
        try {
            text = text(file);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        for (Pem block : Pem.all(text)) {
            if (block.label().endsWith("CERTIFICATE")) {
                var in = new ByteArrayInputStream(block.octets());
                found.add((X509Certificate) factory.generateCertificate(in));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(file + ": it holds no certificate");
        }
        return found;
    }

    private static String text(String file) throws IOException {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException("it cannot be read", e);
        }
    }
}
