package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What people read when they make the usual mistakes.
class MistakesTest {

    private static final String GOOD =
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                virtual_ipaddress {
                    10.9.0.100/24
                }
            }
            """;

    @Test
    void anUnknownKeywordNamesTheNearest() {
        assertSaid(
                """
                /conf/k.conf:3:5: error: unknown keyword 'prority' in vrrp_instance
                        prority 100
                        ^~~~~~~
                    did you mean 'priority'?
                """,
                GOOD.replace("    virtual_router_id", "    prority 100\n    virtual_router_id"));
    }

    @Test
    void anUnknownBlockIsSkippedWithOneComplaint() {
        assertSaid(
                """
                /conf/k.conf:1:1: error: unknown keyword 'vrrp_instances'
                    vrrp_instances X {
                    ^~~~~~~~~~~~~~
                    did you mean 'vrrp_instance'?
                """,
                "vrrp_instances X {\n    interface eth0\n    nonsense { 1 }\n}\n" + GOOD);
    }

    @Test
    void aKeywordOfAnotherBlockIsShownItsPlace() {
        assertSaid(
                """
                /conf/k.conf:2:5: error: unknown keyword 'auth_pass' in vrrp_instance
                        auth_pass ******
                        ^~~~~~~~~
                    it belongs into authentication
                """,
                GOOD.replace("{\n    interface", "{\n    auth_pass secret\n    interface"));
    }

    @Test
    void aNumberOutOfRangeIsToldTheRange() {
        assertSaid(
                """
                /conf/k.conf:3:23: error: virtual_router_id: 256 is not from 1 to 255
                        virtual_router_id 256
                                          ^~~
                """,
                GOOD.replace("51", "256"),
                "has no virtual_router_id");
    }

    @Test
    void aMissingInterfaceIsFatal() {
        Loaded loaded = Configurations.load(GOOD.replace("eth0", "eth9"));
        assertFalse(loaded.runnable());
        assertEquals(ExitStatus.COMPLAINTS, loaded.exitStatus());
    }

    @Test
    void oneBadInstanceLeavesTheOthers() {
        String two = GOOD + GOOD.replace("VI_1", "VI_2").replace("eth0", "lo");
        assertEquals(List.of("VI_1"), names(Configurations.load(two)));
    }

    @Test
    void twoInstancesMayNotBeOneRouter() {
        Loaded loaded = Configurations.load(GOOD + GOOD.replace("VI_1", "VI_2"));
        assertFalse(loaded.runnable());
        assertEquals(List.of("VI_1"), names(loaded));
    }

    @Test
    void whatHasNoEffectYetIsNamedAndChangesNoVerdict() {
        Loaded loaded = Configurations.load("global_defs {\n    enable_dbus\n}\n" + GOOD);
        assertEquals(ExitStatus.CLEAN, loaded.exitStatus());
        assertTrue(loaded.reloadable());
        assertEquals(
                "/conf/k.conf:2:5: warning: 'enable_dbus' is accepted but has no effect yet",
                loaded.diagnostics().getFirst().toString());
    }

    @Test
    void aMistakeKeepsARunningDaemonAsItIs() {
        Loaded loaded = Configurations.load(GOOD.replace("51", "51\n    priority 300"));
        assertTrue(loaded.runnable());
        assertFalse(loaded.reloadable());
    }

    @Test
    void theDataPlaneSaysWhatItCannotDo() {
        String service =
                """
                virtual_server 10.9.0.100 80 {
                    lb_algo dh
                    lb_kind TUN
                    protocol TCP
                    real_server 10.9.0.21 80 {
                    }
                }
                """;
        Loaded loaded = Configurations.load(service, new FakeHost(false));
        assertEquals(
                List.of(
                        "the nftables data plane cannot do 'lb_algo dh';"
                                + " it has rr, wrr, sh, mh, and fo",
                        "the nftables data plane cannot do 'lb_kind TUN'; it has NAT and DR"),
                loaded.diagnostics().stream().map(Diagnostic::message).toList());
        assertEquals(List.of(), loaded.configuration().balance().services());
        assertEquals(List.of(), Configurations.load(service).diagnostics());
    }

    @Test
    void theDataPlaneRoutesDirectlyOrTranslates() {
        String service =
                """
                virtual_server 10.9.0.100 80 {
                    lb_algo wlc
                    lb_kind DR
                    protocol TCP
                    sorry_server 10.9.0.23 80
                    sorry_server_lvs_method NAT
                    real_server 10.9.0.21 80 {
                    }
                    real_server 10.9.0.22 80 {
                    }
                }
                """;
        Loaded loaded = Configurations.load(service, new FakeHost(false));
        assertEquals(
                List.of(
                        "the nftables data plane does not count connections of direct routing:"
                                + " 'wlc' goes by weight there"),
                loaded.diagnostics().stream().map(Diagnostic::message).toList());
        assertEquals(1, loaded.configuration().balance().services().size());
        String mixed = service.replace("10.9.0.22 80 {", "10.9.0.22 80 {\n lvs_method NAT");
        assertEquals(
                List.of("the nftables data plane cannot do NAT and DR in one service"),
                Configurations.load(mixed, new FakeHost(false)).diagnostics().stream()
                        .map(Diagnostic::message)
                        .limit(1)
                        .toList());
    }

    @Test
    void theDataPlaneSaysWhatItDoesOtherwise() {
        String service =
                """
                virtual_server fwmark 7 {
                    lb_algo wlc
                    lb_kind NAT
                    real_server 10.9.0.21 80 {
                    }
                }
                """;
        Loaded loaded = Configurations.load(service, new FakeHost(false));
        assertEquals(
                List.of(
                        "the nftables data plane counts connections every few seconds: 'wlc'"
                                + " is an approximation there"),
                loaded.diagnostics().stream().map(Diagnostic::message).toList());
        assertEquals(1, loaded.configuration().balance().services().size());
    }

    @Test
    void ipvsCannotMasquerade() {
        String service =
                """
                virtual_server fwmark 7 {
                    lb_algo rr
                    lb_kind NAT
                    masquerade
                    real_server 10.9.0.21 80 {
                    }
                }
                """;
        Loaded ipvs = Configurations.load(service, new FakeHost(true));
        assertEquals(
                List.of(
                        "the IPVS data plane cannot do 'masquerade'; it needs"
                                + " 'lvs_backend nftables'"),
                ipvs.diagnostics().stream().map(Diagnostic::message).toList());
        Loaded nftables = Configurations.load(service, new FakeHost(false));
        assertEquals(List.of(), nftables.diagnostics());
        assertTrue(nftables.configuration().balance().services().getFirst().masquerade());
    }

    private static List<String> names(Loaded loaded) {
        return loaded.configuration().vrrp().instances().stream().map(spec -> spec.name()).toList();
    }

    /// @param others parts of further complaints, which are not looked at
    private static void assertSaid(String expected, String text, String... others) {
        Loaded loaded = Configurations.load(text);
        List<Diagnostic> looked =
                loaded.diagnostics().stream()
                        .filter(one -> !List.of(others).stream().anyMatch(one.message()::contains))
                        .toList();
        assertEquals(expected, DiagnosticPrinter.print(looked, loaded.source()));
    }
}
