package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the words about the daemon's own life and files become.
class HouseBinderTest {

    private static Loaded load(String globals) {
        return Configurations.load("global_defs {\n" + globals + "\n}\n");
    }

    private static GlobalSpec global(String globals) {
        return load(globals).configuration().global();
    }

    @Test
    void nothingSaidIsPlain() {
        GlobalSpec global = global("");
        assertEquals(HouseSpec.PLAIN, global.house());
        assertEquals(GlobalSpec.ProcessSpec.PLAIN, global.vrrpProcess());
        assertEquals(GlobalSpec.ProcessSpec.PLAIN, global.checkerProcess());
    }

    @ParameterizedTest
    @CsvSource({
        "'process_names',                                     -, keepalived_vrrp, keepalived_lvs",
        "'process_name a\nvrrp_process_name b\nchecker_process_name c', a, b, c",
        "'process_names\nvrrp_process_name b',                -, b, keepalived_lvs",
        "'process_names\nlvs_process_name d',                 -, keepalived_vrrp, d",
        "'process_name 0123456789abcdefg',                    0123456789abcde, -, -",
        "'process_name 0123456789abcdé',                      0123456789abcd, -, -",
    })
    void namesOfProcesses(String text, String main, String vrrp, String checkers) {
        GlobalSpec global = global(text);
        assertEquals(main, global.processName().orElse("-"));
        assertEquals(vrrp, global.vrrpProcess().name().orElse("-"));
        assertEquals(checkers, global.checkerProcess().name().orElse("-"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                                0, 1000000, -1, -1",
        "'max_auto_priority',                              99, 1000000, -1, -1",
        "'max_auto_priority -1\nmin_auto_priority_delay 5',-1, 5,       -1, -1",
        "'vrrp_rlimit_rttime 1\nchecker_rlimit_rtime 9',    0, 1000000,  2,  9",
    })
    void urgency(String text, int ceiling, long lateMicros, long vrrp, long checkers) {
        GlobalSpec global = global(text);
        for (GlobalSpec.ProcessSpec process :
                List.of(global.vrrpProcess(), global.checkerProcess())) {
            assertEquals(ceiling, process.urgency().ceiling());
            assertEquals(lateMicros, process.urgency().lateness().toNanos() / 1000);
        }
        assertEquals(vrrp, global.vrrpProcess().realTimeMicros().orElse(-1L));
        assertEquals(checkers, global.checkerProcess().realTimeMicros().orElse(-1L));
    }

    @ParameterizedTest
    @CsvSource({
        "0177, 0177",
        "0x1f, 037",
        "18, 022",
        "IXUSR|IRWXG|IRWXO, 0177",
    })
    void maskOfNewFiles(String text, String octal) {
        assertEquals(
                Optional.of(Integer.parseInt(octal, 8)), global("umask " + text).house().umask());
    }

    @Test
    void aMaskOfOtherBitsIsAnError() {
        assertTrue(load("umask 01000").diagnostics().getFirst().toString().contains("umask"));
    }

    @Test
    void filesAndPatience() {
        HouseSpec house =
                Configurations.load(
                                """
                                child_wait_time 7
                                global_defs {
                                    startup_script /usr/bin/true
                                    startup_script_timeout 3
                                    shutdown_script "/usr/bin/true a"
                                    data_use_instance
                                    json_version 2
                                    state_dump_file s
                                    stats_dump_file t
                                    json_dump_file j
                                    config_save_dir /var/lib/x
                                    reload_check_config /var/log/check
                                    reload_time_file /etc/when
                                    reload_repeat
                                    reload_file
                                    fifo_write_vrrp_states_on_reload
                                    process_monitor_rcv_bufs 300000
                                    process_monitor_rcv_bufs_force
                                    lvs_netlink_cmd_rcv_bufs 100000
                                    lvs_netlink_monitor_rcv_bufs 0
                                    lvs_netlink_monitor_rcv_bufs_force
                                }
                                """)
                        .configuration()
                        .global()
                        .house();
        assertEquals(Duration.ofSeconds(7), house.childWait());
        assertEquals(Duration.ofSeconds(3), house.startup().orElseThrow().timeout());
        assertEquals(Duration.ofSeconds(10), house.shutdown().orElseThrow().timeout());
        assertEquals(
                new HouseSpec.DumpSpec(
                        true,
                        2,
                        Optional.of("s"),
                        Optional.of("t"),
                        Optional.of("j"),
                        Optional.of("/var/lib/x")),
                house.dumps());
        assertEquals(
                new HouseSpec.ReloadSpec(
                        Optional.of("/var/log/check"),
                        Optional.of("/etc/when"),
                        true,
                        Optional.of(""),
                        true),
                house.reload());
        assertEquals(
                new HouseSpec.BufferSpec(
                        Optional.of(100000),
                        false,
                        Optional.empty(),
                        true,
                        Optional.of(300000),
                        true),
                house.buffers());
    }

    @Test
    void aBareCheckGoesNowhere() {
        assertEquals(
                Optional.of("/dev/null"), global("reload_check_config").house().reload().check());
    }

    @Test
    void aSeedMakesChanceRepeatable() {
        String text = "global_defs {\nrandom_seed %d\nrouter_id id${_RANDOM}\n}\n";
        String first = routerId(text.formatted(1));
        assertEquals(first, routerId("$X = ${_RANDOM}\n" + text.formatted(1)));
        assertNotEquals(first, routerId(text.formatted(2)));
    }

    private static String routerId(String text) {
        return Configurations.load(text).configuration().global().routerId();
    }
}
