package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.IpAddress;
import holdfast.vrrp.ChecksumRule;
import holdfast.vrrp.ReceiveShare;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How closely instances keep to the standard, by their words and those for all.
class ConductTest {

    private static final IpAddress GROUP = IpAddress.parse("224.0.0.18").orElseThrow();
    private static final String PEER = "unicast_src_ip 10.9.0.1\nunicast_peer {\n10.9.0.2\n}\n";

    private static Loaded load(String globals, String words) {
        return Configurations.load(
                """
                global_defs {
                    %s
                }
                vrrp_instance VI_1 {
                    interface eth0
                    virtual_router_id 51
                    %s
                    virtual_ipaddress {
                        10.9.0.100/24
                    }
                }
                """
                        .formatted(globals, words));
    }

    private static VrrpSpec spec(String globals, String words) {
        return load(globals, words).configuration().vrrp().instances().getFirst();
    }

    private static List<String> complaints(String words) {
        return load("", words).diagnostics().stream().map(Diagnostic::message).toList();
    }

    private static ChecksumRule checksum(String globals, String words) {
        return spec(globals, words).conduct().checksum();
    }

    @Test
    void theChecksumFollowsFromVersionAndTransport() {
        ChecksumRule standard = new ChecksumRule.Usual();
        ChecksumRule alone = new ChecksumRule.WithoutPseudoHeader();
        assertEquals(standard, checksum("v3_checksum_as_v2", "version 2"));
        assertEquals(alone, checksum("v3_checksum_as_v2", "version 3"));
        assertEquals(standard, checksum("v3_checksum_as_v2", "version 3\nv3_checksum_as_v2 off"));
        assertEquals(alone, checksum("", "version 3\nv3_checksum_as_v2\n" + PEER));
        assertEquals(standard, checksum("", "version 3"));
        assertEquals(new ChecksumRule.Adaptive(GROUP), checksum("", "version 3\n" + PEER));
        assertEquals(
                new ChecksumRule.OldUnicast(GROUP),
                checksum("", "version 3\nold_unicast_checksum\n" + PEER));
        assertEquals(standard, checksum("", "version 3\nold_unicast_checksum never\n" + PEER));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    -, -, Usual[]
                    vrrp_rx_bufs_policy MTU, -, Packets[count=3]
                    vrrp_rx_bufs_policy ADVERT mtu, -, Packets[count=3]
                    vrrp_rx_bufs_policy ADVERT, -, Adverts[count=3]
                    vrrp_rx_bufs_policy ADVERT 9000, -, Bytes[bytes=9000]
                    vrrp_rx_bufs_policy MTU, kernel_rx_buf_size 30000, Bytes[bytes=30000]
                    """)
    void theReceiveBufferFollowsFromThePolicy(String policy, String own, String share) {
        String globals = policy == null ? "" : policy;
        assertEquals(
                share, spec(globals, own == null ? "" : own).conduct().receiveShare().toString());
    }

    @Test
    void adversMayCountMoreInTheBuffer() {
        assertEquals(
                new ReceiveShare.Packets(7),
                spec("vrrp_rx_bufs_policy MTU\nvrrp_rx_bufs_multiplier 7", "")
                        .conduct()
                        .receiveShare());
        assertTrue(
                load("vrrp_rx_bufs_policy HUGE", "")
                        .diagnostics()
                        .getFirst()
                        .message()
                        .contains("expected MTU, ADVERT, or a number"));
    }

    @Test
    void aStallMattersOnlyWhereNobodyIsPreempted() {
        assertEquals(Optional.empty(), spec("", "nopreempt").conduct().rivalAfterStall());
        assertEquals(
                Optional.of(254),
                spec("", "nopreempt\ntimer_expired_backup").conduct().rivalAfterStall());
        assertEquals(
                Optional.of(120),
                spec("", "nopreempt\ntimer_expired_backup 120").conduct().rivalAfterStall());
        assertEquals(
                List.of("'timer_expired_backup' needs nopreempt; it is ignored"),
                complaints("timer_expired_backup"));
        assertEquals(
                Optional.empty(), spec("", "timer_expired_backup").conduct().rivalAfterStall());
    }

    @Test
    void unicastWithoutPeersIsAFaultIfThatIsWanted() {
        String noPeers = "unicast_src_ip 10.9.0.1\n";
        assertTrue(spec("", noPeers).transport() instanceof Transport.Multicast);
        assertEquals(
                new Transport.Unicast(List.of(), 255, false),
                spec("", noPeers + "unicast_fault_no_peer").transport());
        assertTrue(spec("", "unicast_fault_no_peer").transport() instanceof Transport.Multicast);
    }

    @Test
    void theRestIsTakenAsItStands() {
        assertTrue(spec("", "mcast_src_ip 10.9.0.1\ntrack_src_ip").conduct().tracksSource());
        assertEquals(3, spec("", "debug 3").conduct().debugLevel());
        assertEquals(
                Duration.ofMillis(1_500),
                load("vrrp_delay_after_boot 1.5\nlog_unknown_vrids", "")
                        .configuration()
                        .vrrp()
                        .hearing()
                        .delayAfterBoot());
    }

    // Conforms: 9568-receive-owner, 9568-master-accept, 9568-down, 3768-receive-owner,
    // 3768-master-accept, 3768-down
    @Test
    void strictModeLeavesNothingToTaste() {
        VrrpSpec spec =
                spec(
                        "vrrp_strict",
                        """
                        version 3
                        state MASTER
                        priority 100
                        preempt_delay 10
                        down_timer_adverts 5
                        garp_lower_prio_repeat 4
                        higher_prio_send_advert
                        """);

        assertTrue(spec.conduct().strict());
        assertFalse(spec.election().wantsMaster());
        assertEquals(Duration.ZERO, spec.election().preemptDelay());
        assertEquals(3, spec.timing().downTimerAdverts());
        assertEquals(0, spec.announcing().lowerPriorityRepeat());
        assertTrue(spec.election().weakerNoAdvert());
        assertFalse(spec.election().strongerSendAdvert());
        assertFalse(spec.accepts());
        assertTrue(spec("vrrp_strict", "priority 255").election().ownerIgnoresAdverts());
        assertFalse(spec("vrrp_strict", "version 2\naccept").accepts());
        assertFalse(spec("vrrp_strict", "strict_mode off").conduct().strict());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    state BACKUP; priority 255,   'BACKUP' does not go with strict mode
                    state MASTER; priority 100,   'MASTER' does not go with strict mode
                    preempt_delay 5,              'preempt_delay' does not go with
                    down_timer_adverts 4,         'down_timer_adverts' does not go with strict mode
                    higher_prio_send_advert,      'higher_prio_send_advert' does not go with
                    lower_prio_no_advert off,     'lower_prio_no_advert' does not go with
                    owner_ignore_adverts off,     'owner_ignore_adverts' does not go with
                    garp_lower_prio_delay 3,      'garp_lower_prio_delay' does not go with
                    vmac_xmit_base; use_vmac,     'vmac_xmit_base' does not go with strict mode
                    """,
            quoteCharacter = '"')
    void wordsAgainstStrictModeAreComplainedAbout(String words, String complaint) {
        List<String> all = complaints("strict_mode\n" + words.replace("; ", "\n"));
        assertTrue(
                all.stream().anyMatch(message -> message.startsWith(complaint)),
                () -> all.toString());
    }

    // Conforms: 9568-link-local-first
    @Test
    void strictRoutersOfIpv6BeginWithALinkLocalAddress() {
        String router =
                """
                vrrp_instance VI_1 {
                    interface eth0
                    virtual_router_id 51
                    strict_mode
                    virtual_ipaddress {
                        %s
                    }
                }
                """;
        assertEquals(
                List.of(), Configurations.load(router.formatted("fe80::100/64")).diagnostics());
        Loaded global = Configurations.load(router.formatted("2001:db8::100/64"));
        assertEquals(
                "'VI_1' is strict, and so its first address should be link-local",
                global.diagnostics().getFirst().message());
    }
}
