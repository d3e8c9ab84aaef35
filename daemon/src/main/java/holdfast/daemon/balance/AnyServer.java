package holdfast.daemon.balance;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts every server.
///
/// A check asks whether a server answers, at an address that the configuration names, and sends it
/// nothing secret. The real servers of a pool often have certificates of names that only the
/// clients of the service know, or none that anybody has signed. So Keepalived looks at no
/// certificate, and a configuration that works there must work here.
public final class AnyServer extends X509ExtendedTrustManager {

    /// As good as any other.
    public AnyServer() {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        throw noServer();
    }

    private static AssertionError noServer() {
        return new AssertionError("we are clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
