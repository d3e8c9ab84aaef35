package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.LinkWatchSpec.Poll;
import holdfast.vrrp.ProcessPattern;
import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Watching;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files, processes and interfaces that are watched, and by whom.
class TrackingTest {

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

    private static Watching watching(String text) {
        return Configurations.load(text).configuration().vrrp().watching();
    }

    private static String complaints(String text) {
        return Configurations.load(text).diagnostics().toString();
    }

    private static Tracking tracking(String text, String list) {
        Loaded loaded = Configurations.load(text + ROUTER.formatted(list));
        assertEquals(List.of(), loaded.diagnostics());
        return loaded.configuration().vrrp().instances().getFirst().tracking();
    }

    @ParameterizedTest
    @CsvSource({
        "'', none",
        "init_file, 0",
        "init_file 5, 5",
        "init_file -0x10, -16",
        "init_file overwrite, 0 overwrite",
        "init_file 5 overwrite, 5 overwrite",
        "init_file overwrite 5, 5 overwrite",
    })
    void whatAFileSaysToBeginWith(String line, String expected) {
        String text = "track_file f {\nfile /tmp/f\n%s\n}\n".formatted(line);
        assertEquals("[]", complaints(text));
        Optional<TrackFileSpec.Init> init = watching(text).files().getFirst().init();
        assertEquals(
                expected,
                init.map(one -> one.value() + (one.overwrite() ? " overwrite" : ""))
                        .orElse("none"));
    }

    @Test
    void aFileNeedsADirectoryThatCanBeWatched() {
        String absent = complaints("track_file f {\nfile /var/none/f\n}\n");
        assertTrue(absent.contains("no directory '/var/none'"), absent);
        String unwatchable = complaints("track_file f {\nfile /proc/sys/f\n}\n");
        assertTrue(unwatchable.contains("type proc; it is not tracked"), unwatchable);
        assertEquals(List.of(), watching("track_file f {\nfile /proc/sys/f\n}\n").files());
        String relative = complaints("track_file f {\nfile f\n}\n");
        assertTrue(relative.contains("its whole path"), relative);
    }

    @Test
    void theFirstUseCounts() {
        String text =
                """
                vrrp_track_file f {
                    file /tmp/a
                    file /tmp/b
                    weight 2
                    weight 3
                }
                track_file f {
                    file /tmp/c
                }
                """;
        assertEquals(
                List.of(new TrackFileSpec("f", "/tmp/a", Optional.empty())),
                watching(text).files());
        String said = complaints(text);
        assertTrue(said.contains("'file' stands here already"), said);
        assertTrue(said.contains("the weight stands here already"), said);
        assertTrue(said.contains("there is a track_file 'f' already"), said);
    }

    @Test
    void aReferenceMaySayAnotherWeight() {
        String things =
                """
                track_file f {
                    file /tmp/f
                    weight 2 reverse
                }
                track_file g {
                    file /tmp/g
                }
                vrrp_track_process p {
                    process nginx
                    weight 10
                }
                """;
        Tracking tracking =
                tracking(
                        things,
                        """
                        track_file {
                            f
                            g weight 5 reverse
                        }
                        track_process {
                            p weight -254
                        }
                        """);
        assertEquals(
                List.of(
                        new Tracking.Item("f", new Weight(2, true)),
                        new Tracking.Item("g", new Weight(5, true))),
                tracking.files());
        assertEquals(
                List.of(new Tracking.Item("p", new Weight(-254, false))), tracking.processes());
    }

    @ParameterizedTest
    @CsvSource({
        "process nginx, NAME nginx []",
        "process /usr/sbin/nginx, NAME /usr/sbin/nginx []",
        "process nginx|full_command, PROGRAM nginx []",
        "process nginx -g, EXACT nginx [-g]",
        "process nginx|param_match, EXACT nginx []",
        "process nginx -g|param_match partial, LEADING nginx [-g]",
        "'process nginx -g ''a b''|param_match initial', 'BEGINNING nginx [-g, ''a, b'']'",
        "'process nginx \"a b\"|full_command', EXACT nginx [a b]",
    })
    void whichProcessesAreMeant(String lines, String expected) {
        String text = "vrrp_track_process p {\n%s\n}\n".formatted(lines.replace("|", "\n"));
        ProcessPattern pattern = watching(text).processes().getFirst().pattern();
        assertEquals(
                expected, pattern.match() + " " + pattern.program() + " " + pattern.parameters());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, -1, 0",
        "quorum 2|quorum_max 5, 2, 5, 0",
        "quorum_max 0, 0, 0, 0",
        "quorum 2|quorum_max 0, 2, -1, 1",
        "quorum 5|quorum_max 3, 5, -1, 1",
        "quorum_max 3|quorum 5, 1, 3, 1",
    })
    void howManyThereShallBe(String lines, int least, int most, int complaints) {
        String text =
                "vrrp_track_process p {\nprocess x\n%s\n}\n".formatted(lines.replace("|", "\n"));
        TrackProcessSpec spec = watching(text).processes().getFirst();
        assertEquals(least, spec.least());
        assertEquals(most, spec.most().orElse(-1));
        assertEquals(complaints, Configurations.load(text).diagnostics().size());
    }

    @ParameterizedTest
    @CsvSource({
        "delay 2, 2000, 2000",
        "delay 2|fork_delay 0.5, 500, 2000",
        "terminate_delay 1|delay 2, 2000, 2000",
        "terminate_delay 1|fork_delay 3, 3000, 1000",
    })
    void whenANumberCounts(String lines, long fork, long terminate) {
        String text =
                "vrrp_track_process p {\nprocess x\n%s\n}\n".formatted(lines.replace("|", "\n"));
        TrackProcessSpec spec = watching(text).processes().getFirst();
        assertEquals(fork, spec.forkDelay().toMillis());
        assertEquals(terminate, spec.terminateDelay().toMillis());
    }

    private static LinkWatchSpec link(String name, Optional<Poll> poll, double down, double up) {
        return new LinkWatchSpec(
                name,
                poll,
                Duration.ofNanos((long) (down * 1e9)),
                Duration.ofNanos((long) (up * 1e9)));
    }

    @Test
    void delaysOfInterfacesEndBeforeThePeersLosePatience() {
        String text =
                """
                interface_up_down_delays {
                    eth0 0.5 100
                    eth1 1
                    eth2 200 3
                }
                """
                        + ROUTER.formatted("track_interface {\neth1 weight 5\n}\n");
        assertEquals(
                List.of(
                        link("eth0", Optional.empty(), 0.5, 1.99609375),
                        link("eth1", Optional.empty(), 1, 0),
                        link("eth2", Optional.empty(), 200, 3)),
                watching(text).links());
        String said = complaints(text);
        assertTrue(said.contains("'VI_1' needs delays of 1.99609375 s at most"), said);
    }

    @Test
    void interfacesMayBeAsked() {
        String text =
                """
                linkbeat_interfaces {
                    eth1
                    eth2 ETHTOOL
                }
                interface_up_down_delays {
                    eth2 1
                }
                """
                        + ROUTER.formatted("linkbeat_use_polling\ntrack_interface {\nbond0\n}\n");
        assertEquals(
                List.of(
                        link("eth1", Optional.of(Poll.ANY), 0, 0),
                        link("eth2", Optional.of(Poll.ETHTOOL), 1, 0),
                        link("eth0", Optional.of(Poll.ANY), 0, 0)),
                watching(text).links());
        assertEquals(
                List.of("eth2", "eth0", "bond0"),
                watching(
                                "linkbeat_use_polling\nlinkbeat_interfaces {\neth2 MII\n}\n"
                                        + ROUTER.formatted("track_interface {\nbond0\n}\n"))
                        .links()
                        .stream()
                        .map(LinkWatchSpec::interfaceName)
                        .toList());
        String said = complaints("linkbeat_interfaces {\neth1 FOO\n}\n");
        assertTrue(said.contains("'FOO' is not one of MII, ETHTOOL, IOCTL"), said);
        assertFalse(Configurations.load("linkbeat_interfaces {\neth9\n}\n").runnable());
    }

    @Test
    void membersOfAGroupHaveNoWeightsUnlessItAllowsThem() {
        String text =
                """
                track_file f {
                    file /tmp/f
                }
                track_file g {
                    file /tmp/g
                    weight 2
                }
                vrrp_track_process p {
                    process nginx
                    weight 10
                }
                vrrp_track_process q {
                    process httpd
                }
                vrrp_sync_group G {
                    group {
                        VI_1
                    }
                    %s
                    track_process {
                        p
                    }
                }
                """
                        + ROUTER.formatted("track_file {\nf\ng\n}\ntrack_process {\np\nq\n}\n");
        Loaded plain = Configurations.load(text.formatted(""));
        Tracking left = plain.configuration().vrrp().instances().getFirst().tracking();
        assertEquals(List.of(new Tracking.Item("f", Weight.FAULT)), left.files());
        assertEquals(List.of(new Tracking.Item("q", Weight.FAULT)), left.processes());
        assertTrue(plain.diagnostics().toString().contains("may have no weights"));
        Loaded weighted = Configurations.load(text.formatted("sync_group_tracking_weight"));
        Tracking all = weighted.configuration().vrrp().instances().getFirst().tracking();
        assertEquals(2, all.files().size());
        assertEquals(2, all.processes().size());
        assertEquals(
                List.of(new Tracking.Item("p", new Weight(10, false))),
                weighted.configuration().vrrp().groups().getFirst().tracking().processes());
    }
}
