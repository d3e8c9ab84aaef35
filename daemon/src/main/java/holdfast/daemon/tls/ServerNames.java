package holdfast.daemon.tls;

import holdfast.net.IpAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a certificate is that of a server of a name or address (RFC 9525, section 6).
final class ServerNames {

    /// Kinds of names in a certificate (RFC 5280, section 4.2.1.6).
    private static final int DNS_NAME = 2;

    private static final int ADDRESS = 7;

    private ServerNames() {}

    /// @param name a host name, or an address as it is written
    static boolean fits(X509Certificate certificate, String name) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null && fits(names, name);
        } catch (CertificateParsingException _) {
            return false;
        }
    }

    /// @param names pairs of a kind and a name
    static boolean fits(Collection<List<?>> names, String name) {
        Optional<IpAddress> address = IpAddress.parse(name);
        for (List<?> each : names) {
            Object kind = each.getFirst();
            if (!(each.get(1) instanceof String written)) {
                continue;
            }
            boolean good =
                    address.isPresent()
                            ? kind.equals(ADDRESS) && IpAddress.parse(written).equals(address)
                            : kind.equals(DNS_NAME) && matches(written, name);
            if (good) {
                return true;
            }
        }
        return false;
    }

    /// A star stands for the whole of one first label.
    private static boolean matches(String pattern, String name) {
        String wanted = normal(name);
        String given = normal(pattern);
        if (!given.startsWith("*.")) {
            return given.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        return dot > 0
                && given.indexOf('.', 2) > 0
                && given.substring(1).equals(wanted.substring(dot));
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
