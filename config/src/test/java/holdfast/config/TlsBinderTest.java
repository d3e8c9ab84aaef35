package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.RealServerSpec;
import holdfast.probe.ProbeSpec;
import holdfast.probe.TlsSpec;
import holdfast.probe.TlsSpec.Credentials;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which name an `SSL_GET` asks for, and how it ends.
class TlsBinderTest {

    private static List<TlsSpec.Session> sessions(String checker, String more) {
        return tls(loaded(checker, more, "", "virtualhost of.service", "virtualhost of.server"))
                .sessions();
    }

    private static Loaded loaded(
            String checker, String more, String before, String service, String server) {
        String text =
                """
                %s
                virtual_server 10.9.0.100 443 {
                    protocol TCP
                    %s
                    real_server 10.9.0.21 443 {
                        %s
                        SSL_GET {
                            url {
                                path /one
                                %s
                            }
                            url {
                                virtualhost left.out
                            }
                            url {
                                path /two
                            }
                            %s
                        }
                    }
                }
                """
                        .formatted(before, service, server, more, checker);
        return Configurations.load(text);
    }

    private static TlsSpec tls(Loaded loaded) {
        RealServerSpec server =
                loaded.configuration().balance().services().getFirst().servers().getFirst();
        return assertInstanceOf(ProbeSpec.Https.class, server.checkers().getFirst().probe()).tls();
    }

    private static List<Optional<String>> names(String checker, String more) {
        return sessions(checker, more).stream().map(TlsSpec.Session::serverName).toList();
    }

    private static List<Optional<String>> two(String first, String second) {
        return List.of(Optional.of(first), Optional.of(second));
    }

    @Test
    void nameIsTheNearestButNotThatOfTheRealServer() {
        String named = "enable_sni\n";
        assertEquals(two("of.service", "of.service"), names(named, ""));
        String own = named + "virtualhost of.checker";
        assertEquals(two("of.checker", "of.checker"), names(own, ""));
        assertEquals(two("of.url", "of.checker"), names(own, "virtualhost of.url"));
        String explicit = own + "\nsni_name of.sni";
        assertEquals(two("of.sni", "of.sni"), names(explicit, "virtualhost of.url"));
    }

    @Test
    void nameIsSentOnlyWhereItIsWanted() {
        List<Optional<String>> none = List.of(Optional.empty(), Optional.empty());
        assertEquals(none, names("virtualhost of.checker", ""));
        assertEquals(none, names("sni_name of.sni\nenable_sni no", ""));
        assertEquals(two("of.sni", "of.sni"), names("sni_name of.sni", ""));
        assertEquals(two("of.sni", "of.sni"), names("enable_sni no\nsni_name of.sni", ""));
        assertEquals(two("of.service", "of.service"), names("sni_name", ""));
    }

    @Test
    void certificateHasToBeThatOfTheNearestNameOrAddress() {
        assertEquals(two("of.url", "of.server"), certified("tls_verify", "virtualhost of.url"));
        assertEquals(two("of.sni", "of.sni"), certified("tls_verify\nsni_name of.sni", ""));
        assertEquals(
                two("of.us", "of.us"),
                certified("tls_verify\ntls_verify_name of.us\nsni_name of.sni", ""));
        assertEquals(List.of(Optional.empty(), Optional.empty()), certified("", ""));
        Loaded loaded = loaded("tls_verify", "", "", "", "");
        assertEquals(
                two("10.9.0.21", "10.9.0.21"),
                tls(loaded).sessions().stream().map(TlsSpec.Session::certified).toList());
    }

    private static List<Optional<String>> certified(String checker, String more) {
        return sessions(checker, more).stream().map(TlsSpec.Session::certified).toList();
    }

    @Test
    void blockSslSaysWhoWeAreAndWhomToTrust() {
        String ssl =
                """
                SSL {
                    ca /etc/ca.pem
                    certificate /etc/own.pem
                    key /etc/own.key
                    password s3cr3t
                }
                """;
        Loaded plain = loaded("", "", ssl, "", "");
        Credentials credentials =
                new Credentials(
                        Optional.of("/etc/own.pem"),
                        Optional.of("/etc/own.key"),
                        Optional.of("s3cr3t"),
                        Optional.of("/etc/ca.pem"),
                        false,
                        Optional.empty());
        assertEquals(credentials, tls(plain).credentials());
        assertEquals(
                credentials.verifying(Optional.of("/etc/ca.pem")),
                tls(loaded("tls_verify", "", ssl, "", "")).credentials());
        assertEquals(
                credentials.verifying(Optional.of("/etc/other.pem")),
                tls(loaded("tls_verify\ntls_ca_file /etc/other.pem", "", ssl, "", ""))
                        .credentials());
        String printed = DiagnosticPrinter.print(plain.diagnostics(), plain.source());
        assertTrue(printed.contains("cannot be read"), printed);
        assertFalse(plain.configuration().toString().contains("s3cr3t"));
        assertEquals(
                Credentials.NONE, tls(loaded("", "", ssl + "SSL {\n}\n", "", "")).credentials());
    }

    @Test
    void protocolsAndWarningAreAskedFor() {
        TlsSpec spec =
                tls(loaded("tls_alpn http/1.1 http/1.0\ntls_expiry_warning 21", "", "", "", ""));
        assertEquals(List.of("http/1.1", "http/1.0"), spec.protocols());
        assertEquals(21, spec.warningDays());
        Loaded modern = loaded("tls_alpn h2", "", "", "", "");
        assertTrue(modern.diagnostics().toString().contains("no protocol that a check speaks"));
        Loaded useless = loaded("tls_verify_name x", "", "", "", "");
        assertTrue(useless.diagnostics().toString().contains("without tls_verify"));
    }

    @Test
    void endOfTlsIsSaidForOneUrlOrForAll() {
        List<Boolean> quiet = List.of(false, false);
        assertEquals(quiet, sessions("", "").stream().map(TlsSpec.Session::orderly).toList());
        List<Boolean> first = List.of(true, false);
        assertEquals(
                first,
                sessions("", "tls_compliant").stream().map(TlsSpec.Session::orderly).toList());
        List<Boolean> second = List.of(false, true);
        assertEquals(
                second,
                sessions("tls_compliant", "tls_compliant off").stream()
                        .map(TlsSpec.Session::orderly)
                        .toList());
    }
}
