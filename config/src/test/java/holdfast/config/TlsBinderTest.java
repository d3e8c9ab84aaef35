package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import holdfast.balance.RealServerSpec;
import holdfast.probe.ProbeSpec;
import holdfast.probe.TlsSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which name an `SSL_GET` asks for, and how it ends.
class TlsBinderTest {

    private static List<TlsSpec.Session> sessions(String checker, String more) {
        String text =
                """
                virtual_server 10.9.0.100 443 {
                    protocol TCP
                    virtualhost of.service
                    real_server 10.9.0.21 443 {
                        virtualhost of.server
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
                        .formatted(more, checker);
        Loaded loaded = Configurations.load(text);
        RealServerSpec server =
                loaded.configuration().balance().services().getFirst().servers().getFirst();
        return assertInstanceOf(ProbeSpec.Https.class, server.checkers().getFirst().probe())
                .tls()
                .sessions();
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
        assertEquals(none, names("sni_name of.sni", ""));
        assertEquals(none, names("enable_sni no\nsni_name of.sni", ""));
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
