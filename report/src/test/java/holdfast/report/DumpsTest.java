package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Ipv4Address;
import holdfast.script.ScriptSpec;
import holdfast.time.MonoTime;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.Hearing;
import holdfast.vrrp.HmacKey;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.NodeStatus;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Pacing;
import holdfast.vrrp.ProcessPattern;
import holdfast.vrrp.ProcessStatus;
import holdfast.vrrp.Role;
import holdfast.vrrp.Statics;
import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.Watching;
import holdfast.vrrp.Weight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DumpsTest {

    private static final Clocks CLOCKS =
            new Clocks(new MonoTime(2_000_000), Instant.ofEpochSecond(1795217619, 309_641_000));
    private static final Notifying SOMEBODY =
            new Notifying(
                    Optional.of(Examples.script("/usr/bin/true", "a")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.<ScriptSpec>of(Examples.CHECK),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    false,
                    false);
    private static final List<InstanceStatus> INSTANCES = List.of(Examples.master(SOMEBODY));

    private static final String VERSION_1 =
            """
            [{"data":{"iname":"VI_1","dont_track_primary":0,"skip_check_adv_addr":0,\
            "strict_mode":0,"vmac_ifname":"","ifp_ifname":"eth9","master_priority":0,\
            "last_transition":1795217619.308641,"garp_delay":5,"garp_refresh":0,"garp_rep":5,\
            "garp_refresh_rep":1,"garp_lower_prio_delay":5,"garp_lower_prio_rep":5,\
            "lower_prio_no_advert":0,"higher_prio_send_advert":0,"vrid":51,"base_priority":100,\
            "effective_priority":102,"vipset":true,"promote_secondaries":false,"adver_int":1,\
            "master_adver_int":1,"accept":1,"nopreempt":false,"preempt_delay":0,"state":2,\
            "wantstate":1,"version":2,"smtp_alert":false,"notify_deleted":false,\
            "script_master":"'\\/usr\\/bin\\/true' 'a'","script":"'\\/usr\\/bin\\/true'",\
            "vips":["10.9.0.10\\/24 dev eth9 scope global set"],\
            "evips":["10.9.0.11\\/24 dev eth9 scope global set"],\
            "track_script":["'\\/usr\\/bin\\/true'"],"auth_type":1,"auth_data":"********"},\
            "stats":{"advert_rcvd":3,"advert_sent":2,"become_master":1,"release_master":0,\
            "packet_len_err":0,"advert_interval_err":0,"ip_ttl_err":7,"invalid_type_rcvd":0,\
            "addr_list_err":6,"invalid_authtype":0,"authtype_mismatch":0,"auth_failure":0,\
            "auth_ext_missing":0,"auth_ext_malformed":0,"auth_ext_unknown_key":0,\
            "auth_ext_invalid_hmac":0,"auth_ext_stale":0,"auth_ext_replay":0,\
            "pri_zero_rcvd":4,"pri_zero_sent":5}}]
            """;

    @Test
    void jsonHasTheMembersThatItsReadersKnow() {
        assertEquals(
                Optional.of(VERSION_1),
                JsonDump.of(1, INSTANCES, List.of(), List.of(Examples.TRACKED), CLOCKS));
    }

    @Test
    void jsonOfABackupNamesThePriorityOfItsMaster() {
        InstanceStatus master = INSTANCES.getFirst();
        InstanceStatus backup =
                new InstanceStatus(
                        master.spec(),
                        Role.BACKUP,
                        100,
                        master.source(),
                        Optional.of(new InstanceStatus.Master(Ipv4Address.of(10, 9, 0, 2), 150)),
                        Duration.ofMillis(2500),
                        master.since(),
                        List.of(),
                        master.counters());
        String json = JsonDump.of(1, List.of(backup), List.of(), List.of(), CLOCKS).orElseThrow();
        assertTrue(json.contains("\"master_priority\":150,"), json);
        assertTrue(json.contains("\"master_adver_int\":2.5,"), json);
        assertTrue(json.contains("\"vipset\":false,"), json);
        assertTrue(json.contains("\"vips\":[\"10.9.0.10\\/24 dev eth9 scope global\"]"), json);
    }

    @Test
    void jsonOfTheSecondVersionIsAnObject() {
        assertEquals(
                Optional.of("{\"vrrp\":" + VERSION_1.strip() + "}\n"),
                JsonDump.of(2, INSTANCES, List.of(), List.of(Examples.TRACKED), CLOCKS));
    }

    @Test
    void withoutAnInstanceThereIsNoFile() {
        assertTrue(JsonDump.of(1, List.of(), List.of(), List.of(), CLOCKS).isEmpty());
    }

    @Test
    void statisticsAreCountersWithTheirNames() {
        assertEquals(
                """
                VRRP Instance: VI_1
                  Advertisements:
                    Received: 3
                    Sent: 2
                  Became master: 1
                  Released master: 0
                  Packet Errors:
                    Length: 0
                    TTL: 7
                    Invalid Type: 0
                    Advertisement Interval: 0
                    Address List: 6
                  Authentication Errors:
                    Invalid Type: 0
                    Type Mismatch: 0
                    Failure: 0
                  Authentication Extension Errors:
                    Missing: 0
                    Malformed: 0
                    Unknown Key: 0
                    Invalid HMAC: 0
                    Stale: 0
                    Replay: 0
                  Priority Zero:
                    Received: 4
                    Sent: 5
                """,
                StatsText.of(INSTANCES));
    }

    @Test
    void theDumpForPeopleKeepsThePassword() {
        String dump =
                VrrpDump.of(
                        new NodeSpec(
                                List.of(), List.of(), List.of(Examples.TRACKED), Duration.ZERO),
                        new NodeStatus(INSTANCES, List.of()),
                        CLOCKS);
        assertTrue(dump.startsWith("------< VRRP Topology >------\n VRRP Instance = VI_1\n"), dump);
        assertTrue(dump.contains("   State = MASTER\n"), dump);
        assertTrue(dump.contains("   Fault = script chk fails\n"), dump);
        assertTrue(
                dump.contains("   Virtual IP (1):\n     10.9.0.10/24 dev eth9 scope global set\n"),
                dump);
        assertTrue(dump.contains("   Tracked scripts:\n     chk weight 2\n"), dump);
        assertTrue(dump.contains(" VRRP Script = chk\n   Command = '/usr/bin/true'"), dump);
        assertTrue(dump.contains("   Ignored packets:\n     WRONG_TTL: 7\n"), dump);
        assertFalse(dump.contains("abc"), dump);
    }

    private static final ProcessStatus PROCESSES =
            new ProcessStatus(
                    new TrackProcessSpec(
                            "web",
                            new ProcessPattern(
                                    "/usr/sbin/nginx",
                                    List.of("-g", "daemon"),
                                    ProcessPattern.Match.BEGINNING),
                            new Weight(10, false),
                            2,
                            Optional.of(5),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1)),
                    3,
                    true,
                    false,
                    true);

    @Test
    void jsonOfTheSecondVersionHasTheTrackedProcesses() {
        String json =
                JsonDump.of(2, INSTANCES, List.of(PROCESSES), List.of(Examples.TRACKED), CLOCKS)
                        .orElseThrow();
        assertEquals(
                """
                {"vrrp":%s,"track_process":[{"process":"\\/usr\\/sbin\\/nginx",\
                "parameters":"-g daemon","param_match":"initial","min_processes":2,\
                "max_processes":5,"current_processes":3,"have_quorum":true,"weight":10,\
                "terminate_delay":1,"fork_delay":0.5,"fork_delay_timer_running":false,\
                "terminate_delay_timer_running":true,"full_command":true}]}
                """
                        .formatted(VERSION_1.strip()),
                json);
    }

    @Test
    void theDumpForPeopleTellsWhatIsWatched() {
        Watching watching =
                new Watching(
                        List.of(new TrackFileSpec("f", "/run/f", Optional.empty())),
                        List.of(PROCESSES.spec()),
                        List.of(
                                new LinkWatchSpec(
                                        "eth9",
                                        Optional.of(LinkWatchSpec.Poll.MII),
                                        Duration.ofMillis(500),
                                        Duration.ZERO)));
        String dump =
                VrrpDump.of(
                        new NodeSpec(
                                List.of(),
                                List.of(),
                                List.of(),
                                Duration.ZERO,
                                Pacing.FREE,
                                Hearing.USUAL,
                                watching,
                                Statics.NONE),
                        new NodeStatus(List.of(), List.of(PROCESSES)),
                        CLOCKS);
        assertEquals(
                """
                ------< VRRP Topology >------
                ------< VRRP Track files >------
                 VRRP Track file = f
                   File = /run/f
                ------< VRRP Track processes >------
                 VRRP Track process = web
                   Process = /usr/sbin/nginx
                   Parameters = -g daemon
                   Param match = initial
                   Min processes = 2
                   Max processes = 5
                   Current processes = 3
                   Have quorum = true
                   Weight = 10
                   Terminate delay = 1s
                   Fork delay = 0.5s
                   Fork delay timer = not running
                   Terminate delay timer = running
                   Full command = true
                ------< Watched interfaces >------
                 Interface = eth9
                   Asked by = MII
                   Down debounce timer = 0.5s
                   Up debounce timer = 0s
                """,
                dump);
    }

    @Test
    void theDumpForPeopleNamesKeysByNumber() {
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        Authentication.Hmac hmac =
                new Authentication.Hmac(
                        List.of(new HmacKey(3, secret), new HmacKey(4, secret)),
                        4,
                        Authentication.Hmac.Mode.ENFORCE,
                        Duration.ofSeconds(5),
                        true);
        InstanceStatus status = Examples.with(hmac, INSTANCES.getFirst());
        String dump =
                VrrpDump.of(NodeSpec.EMPTY, new NodeStatus(List.of(status), List.of()), CLOCKS);
        assertTrue(dump.contains("   Authentication type = HMAC-SHA256-128\n"), dump);
        assertTrue(dump.contains("   Authentication keys:\n     3\n     4 active\n"), dump);
        assertFalse(dump.contains("0123456789abcdef"), dump);
        String json = JsonDump.of(1, List.of(status), List.of(), List.of(), CLOCKS).orElseThrow();
        assertTrue(json.contains("\"auth_type\":0"), json);
        assertFalse(json.contains("0123456789abcdef"), json);
    }

    @Test
    void secondsArePrintedWithoutIdleDigits() {
        assertEquals("0", Numbers.seconds(Duration.ZERO));
        assertEquals("100", Numbers.seconds(Duration.ofSeconds(100)));
        assertEquals("0.01", Numbers.seconds(Duration.ofMillis(10)));
        assertEquals("1.00001", Numbers.seconds(Duration.ofNanos(1_000_010_000)));
        assertEquals("1795217619.000001", Numbers.epoch(Instant.ofEpochSecond(1795217619, 1000)));
    }
}
