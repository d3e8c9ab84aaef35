package holdfast.daemon.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts servers that somebody vouches for, and says in plain words why not.
///
/// Which name a certificate has to bear is another question, see `ServerNames`.
final class KnownServer extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager authorities;

    KnownServer(X509ExtendedTrustManager authorities) {
        this.authorities = authorities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        try {
            authorities.checkServerTrusted(chain, kind, engine);
        } catch (CertificateException e) {
            throw new CertificateException(reason(chain), e);
        }
    }

    private static String reason(X509Certificate[] chain) {
        Instant now = Instant.now();
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(now)) {
                return "the certificate expired on " + end;
            }
            Instant start = certificate.getNotBefore().toInstant();
            if (start.isAfter(now)) {
                return "the certificate is valid only from " + start;
            }
        }
        return "nobody we trust vouches for the certificate of "
                + chain[0].getSubjectX500Principal().getName();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw new CertificateException("not over an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw new CertificateException("not over an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw new CertificateException("we are clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw new CertificateException("we are clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("we are clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
