package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.RealServerSpec;
import holdfast.probe.HttpSpec;
import holdfast.probe.HttpSpec.BodyMatch;
import holdfast.probe.ProbeSpec;
import holdfast.probe.Regex;
import holdfast.probe.RegexOption;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What an `HTTP_GET` looks for in a body.
class HttpBinderTest {

    private static Loaded load(String url) {
        return Configurations.load(
                """
                virtual_server 10.9.0.100 80 {
                    protocol TCP
                    lb_kind NAT
                    real_server 10.9.0.21 80 {
                        HTTP_GET {
                            url {
                                path /
                                %s
                            }
                        }
                    }
                }
                """
                        .formatted(url));
    }

    private static Optional<BodyMatch> match(String url) {
        RealServerSpec server =
                load(url).configuration().balance().services().getFirst().servers().getFirst();
        HttpSpec http =
                assertInstanceOf(ProbeSpec.Http.class, server.checkers().getFirst().probe()).http();
        return http.urls().getFirst().body();
    }

    private static String complaint(String url) {
        Loaded loaded = load(url);
        return DiagnosticPrinter.print(loaded.diagnostics(), loaded.source());
    }

    @Test
    void allOfAPatternIsTaken() {
        assertEquals(Optional.of(BodyMatch.of("a b\\d", true)), match("regex \"a b\\\\d\""));
        assertEquals(
                Optional.of(
                        new BodyMatch(
                                "x",
                                Set.of(RegexOption.CASELESS, RegexOption.UTF, RegexOption.UNGREEDY),
                                false,
                                5,
                                100,
                                Regex.Effort.ofStack(1_000_000))),
                match(
                        """
                        regex x
                        regex_no_match
                        regex_options caseless utf
                        regex_options ungreedy
                        regex_min_offset 5
                        regex_max_offset 100
                        regex_stack 1000 1000000
                        """));
    }

    @Test
    void aPatternThatIsNoneIsLeftOutAndNamed() {
        assertEquals(Optional.empty(), match("regex \"a(b\""));
        assertTrue(complaint("regex \"a(b\"").contains("not looked for: a '(' is not closed"));
        assertTrue(complaint("regex a\nregex_options odd utf").contains("no option 'odd'"));
    }

    @Test
    void limitsThatContradictEachOtherAreErrors() {
        String offsets = "regex a\nregex_min_offset 5\nregex_max_offset 4";
        assertTrue(complaint(offsets).contains("before regex_min_offset"), complaint(offsets));
        assertTrue(complaint("regex a\nregex_stack 5 4").contains("smaller than at its start"));
    }
}
