package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.vrrp.Announcing;
import holdfast.vrrp.Pacing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How fast announcements may follow each other, and on which interfaces there are some now and
/// then.
class AnnouncingTest {

    private static final String ROUTER =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                %s
                virtual_ipaddress {
                    10.9.0.100/24
                }
            }
            """;

    @Test
    void aGroupSharesWhatItSaysAndLeavesTheRestToTheGlobalGap() {
        Loaded loaded =
                Configurations.load(
                        """
                        global_defs {
                            vrrp_garp_interval 0.5
                            vrrp_gna_interval 0.25
                        }
                        garp_group {
                            garp_interval 0.002
                            interfaces {
                                eth0 eth1
                            }
                        }
                        """
                                + ROUTER.formatted(""));
        assertEquals(List.of(), loaded.diagnostics());
        assertEquals(
                new Pacing(
                        Duration.ofMillis(500),
                        Duration.ofMillis(250),
                        List.of(
                                new Pacing.Group(
                                        List.of("eth0", "eth1"),
                                        Optional.of(Duration.ofMillis(2)),
                                        Optional.empty()))),
                loaded.configuration().vrrp().pacing());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "gna_interval 1;interface eth0;interface eth0, 'eth0' is in a garp_group already",
                "interface eth0, a garp_group without an interval limits nothing",
                "gna_interval 1, a garp_group without interfaces limits nothing",
                "gna_interval 1; interface eth9, there is no interface 'eth9'",
            })
    void aGroupThatMakesNoSenseIsReported(String words, String complaint) {
        Loaded loaded =
                Configurations.load(
                        "garp_group {\n"
                                + words.replace(';', '\n')
                                + "\n}\n"
                                + ROUTER.formatted(""));
        assertTrue(loaded.runnable());
        assertEquals(
                List.of(complaint),
                loaded.diagnostics().stream().map(Diagnostic::message).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "100, , 100, false",
        "all 100, , 100, true",
        "100, all 30, 30, true",
        "100, 0, 0, false"
    })
    void otherInterfacesAreSpokenOnAsTheInstanceSaysElseAsAllDo(
            String global, String own, int seconds, boolean everywhere) {
        Loaded loaded =
                Configurations.load(
                        "global_defs {\nvrrp_garp_extra_if "
                                + global
                                + "\n}\n"
                                + ROUTER.formatted(own == null ? "" : "garp_extra_if " + own));
        assertEquals(List.of(), loaded.diagnostics());
        assertEquals(
                new Announcing.Elsewhere(Duration.ofSeconds(seconds), everywhere),
                loaded.configuration().vrrp().instances().getFirst().announcing().elsewhere());
    }
}
