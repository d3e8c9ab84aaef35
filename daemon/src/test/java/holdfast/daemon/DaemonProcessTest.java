package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.linux.UnixDatagram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole program, as its users meet it. Needs to be root.
class DaemonProcessTest {

    private static final String ROUTER =
            """
            vrrp_instance VI_1 {
              interface eth0
              virtual_router_id 51
              priority 255
              virtual_ipaddress {
                192.0.2.10/24
              }
            }
            """;

    private final Path directory;

    DaemonProcessTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Path configuration(String text) throws Exception {
        return Files.writeString(directory.resolve("test.conf"), text);
    }

    private Daemon start(List<String> more, String... environment) throws Exception {
        List<String> words = new ArrayList<>(more);
        words.addAll(
                List.of(
                        "-f", directory + "/test.conf",
                        "-p", directory + "/main.pid",
                        "-r", directory + "/vrrp.pid",
                        "-c", directory + "/checkers.pid"));
        return Daemon.start(directory, words, environment);
    }

    @Test
    void itStartsReloadsAndStops() throws Exception {
        configuration(ROUTER);
        try (UnixDatagram manager = UnixDatagram.open()) {
            manager.bind(directory + "/notify");
            try (Daemon daemon = start(List.of("-nlG"), "NOTIFY_SOCKET", directory + "/notify")) {
                daemon.says("Startup complete", 1);
                daemon.says("(VI_1) Entering MASTER STATE", 1);
                String pid = daemon.pid() + "\n";
                assertEquals(pid, Files.readString(directory.resolve("main.pid")));
                assertEquals(pid, Files.readString(directory.resolve("vrrp.pid")));

                configuration(ROUTER + "no_such_word\n");
                daemon.signal(SignalNumbers.HUP);
                daemon.says("Reload refused", 1);

                configuration(ROUTER.replace("eth0", "eth7"));
                daemon.signal(SignalNumbers.HUP);
                daemon.says("Reload refused", 2);

                configuration(ROUTER);
                daemon.signal(SignalNumbers.HUP);
                daemon.says("Reload complete", 1);

                try (Daemon second = start(List.of("-nG"))) {
                    assertEquals(0, second.exitStatus());
                    second.says("already running", 1);
                }

                daemon.signal(SignalNumbers.TERM);
                assertEquals(0, daemon.exitStatus(), daemon.output());
                assertEquals(1, daemon.output().split("Entering MASTER", -1).length - 1);
            }
            assertFalse(Files.exists(directory.resolve("main.pid")));
            assertFalse(Files.exists(directory.resolve("vrrp.pid")));
            String told = everythingTold(manager);
            assertTrue(told.startsWith("READY=1\nMAINPID="), told);
            assertTrue(told.contains("RELOADING=1\nMONOTONIC_USEC="), told);
            assertTrue(told.contains("Reload refused, configuration unchanged"), told);
            assertTrue(told.contains("STOPPING=1"), told);
        }
    }

    private static String everythingTold(UnixDatagram manager) {
        StringBuilder told = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (manager.receive(buffer.clear()) > 0) {
            told.append(StandardCharsets.UTF_8.decode(buffer.flip())).append('\n');
        }
        return told.toString();
    }

    @Test
    void addressesStayWhenTheyAreMeantTo() throws Exception {
        configuration(ROUTER);
        for (String option : List.of("-nlG", "-nlGV")) {
            Path listing = directory.resolve("listing" + option);
            try (Daemon daemon = start(List.of(option))) {
                daemon.says("Entering MASTER STATE", 1);
                Path network = Path.of("/proc", Long.toString(daemon.pid()), "ns", "net");
                Path kept = Files.createFile(listing);
                bind(network, kept);
                daemon.signal(SignalNumbers.TERM);
                assertEquals(0, daemon.exitStatus(), daemon.output());
            }
            assertEquals(option.contains("V"), addresses(listing).contains("192.0.2.10/24"));
            new ProcessBuilder("umount", listing.toString()).start().waitFor();
        }
    }

    private static void bind(Path network, Path kept) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mount", "--bind", network.toString(), kept.toString())
                        .start()
                        .waitFor());
    }

    private static String addresses(Path network) throws Exception {
        Process list =
                new ProcessBuilder("nsenter", "--net=" + network, "ip", "-o", "addr").start();
        return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void signalsAskForFiles() throws Exception {
        configuration(ROUTER);
        try (Daemon daemon = start(List.of("-nlG"))) {
            daemon.says("Entering MASTER STATE", 1);
            daemon.signal(SignalNumbers.JSON);
            daemon.says("Wrote " + directory + "/keepalived.json", 1);
            daemon.signal(SignalNumbers.USR1);
            daemon.says("Wrote " + directory + "/keepalived.data", 1);
            daemon.signal(SignalNumbers.USR2);
            daemon.says("Wrote " + directory + "/keepalived.stats", 1);
            String json = Files.readString(directory.resolve("keepalived.json"));
            assertTrue(json.startsWith("[{\"data\":{\"iname\":\"VI_1\""), json);
            assertTrue(json.contains("\"state\":2,"), json);
            daemon.signal(SignalNumbers.TERM);
            assertEquals(0, daemon.exitStatus());
        }
    }

    @Test
    void whatGlobalDefsSaysOfFilesAndNamesIsSo() throws Exception {
        Path saved = Files.createDirectories(directory.resolve("saved"));
        String global =
                """
                global_defs {
                  process_name hf_main_and_much_more
                  vrrp_process_name hf_vrrp
                  umask 022
                  json_version 2
                  json_dump_file %1$s/here.json
                  state_dump_file %1$s/state.txt
                  config_save_dir %1$s/saved
                  startup_script "/bin/sh -c 'echo up >>%1$s/life'" root
                  shutdown_script "/bin/sh -c 'echo down >>%1$s/life; sleep 100'" root
                  shutdown_script_timeout 1
                }
                """
                        .formatted(directory);
        configuration(global + ROUTER);
        try (Daemon daemon = start(List.of("-nlG"))) {
            daemon.says("Entering MASTER STATE", 1);
            assertEquals("up\n", Files.readString(directory.resolve("life")));
            Path proc = Path.of("/proc", Long.toString(daemon.pid()));
            assertEquals("hf_main_and_muc\n", Files.readString(proc.resolve("comm")));
            assertTrue(threads(proc).contains("hf_vrrp"), threads(proc).toString());

            daemon.signal(SignalNumbers.JSON);
            daemon.says("Wrote " + directory + "/here.json", 1);
            String json = Files.readString(directory.resolve("here.json"));
            assertTrue(json.startsWith("{\"vrrp\":[{\"data\":{\"iname\":\"VI_1\""), json);
            assertEquals(
                    "rw-r--r--",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("here.json"))));
            daemon.signal(SignalNumbers.USR1);
            daemon.says("Wrote " + directory + "/state.txt", 1);
            daemon.says("Wrote " + directory + "/state_parent.txt", 1);

            configuration(
                    global.replace("process_name hf_main_and_much_more", "process_name renamed")
                            + ROUTER.replace("priority 255", "priority 200"));
            daemon.signal(SignalNumbers.HUP);
            daemon.says("Reload complete", 1);
            assertEquals("renamed\n", Files.readString(proc.resolve("comm")));
            String name = "keepalived_vrrp." + daemon.pid() + ".1.";
            daemon.says("Wrote " + saved.resolve(name + "post"), 1);
            assertTrue(Files.readString(saved.resolve(name + "pre")).contains("Priority = 255"));
            assertTrue(Files.readString(saved.resolve(name + "post")).contains("Priority = 200"));

            daemon.signal(SignalNumbers.TERM);
            assertEquals(0, daemon.exitStatus());
            daemon.says("Took longer than 1 s", 1);
            assertEquals("up\ndown\n", Files.readString(directory.resolve("life")));
        }
    }

    @Test
    void aReloadMayBeTriedFirstMarkedAndScheduled() throws Exception {
        String global =
                """
                global_defs {
                  reload_check_config %1$s/check.log
                  reload_time_file %1$s/when
                  reload_file %1$s/loading
                }
                """
                        .formatted(directory);
        configuration(global + ROUTER);
        try (Daemon daemon = start(List.of("-nlG"))) {
            daemon.says("Entering MASTER STATE", 1);
            // A script without a user to run it is worth a warning, and no more than that to a
            // reload that is not tried first.
            configuration(global + ROUTER.replace("priority", "notify /bin/true\n priority"));
            daemon.signal(SignalNumbers.HUP);
            daemon.says("Reload refused: the test of the configuration ends with status 6", 1);
            assertTrue(
                    Files.readString(directory.resolve("check.log")).contains("script security"));

            configuration(global + ROUTER);
            Path when = directory.resolve("when");
            ZonedDateTime soon = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2);
            Files.writeString(when, DateTimeFormatter.ofPattern("HH:mm:ss'Z'").format(soon));
            daemon.says("A reload is scheduled for", 1);
            daemon.says("Reload complete", 1);
            assertFalse(Files.exists(when));
            assertFalse(Files.exists(directory.resolve("loading")));
            daemon.signal(SignalNumbers.TERM);
            assertEquals(0, daemon.exitStatus());
        }
    }

    @Test
    void optionsTellMore() throws Exception {
        configuration("instance one\n" + ROUTER);
        try (Daemon daemon = start(List.of("-nlGdam", "-g", directory + "/the.log"))) {
            daemon.says("Entering MASTER STATE", 1);
            daemon.says("Address 192.0.2.10/24 is on interface eth0", 1);
            daemon.says("------< Global definitions >------", 1);
            daemon.says(" VRRP Instance = VI_1", 1);
            Path limits = Path.of("/proc", Long.toString(daemon.pid()), "limits");
            assertTrue(
                    Files.readString(limits)
                            .lines()
                            .anyMatch(line -> line.matches("Max core file size +unlimited .*")));
            daemon.signal(SignalNumbers.RTMAX);
            daemon.says("Thread vrrp: ", 1);
            daemon.signal(SignalNumbers.TERM);
            assertEquals(0, daemon.exitStatus(), daemon.output());
        }
        String log = Files.readString(directory.resolve("the_one.log"));
        assertTrue(log.contains(": Startup complete\n"), log);
    }

    private static List<String> threads(Path proc) throws Exception {
        List<String> names = new ArrayList<>();
        try (var tasks = Files.newDirectoryStream(proc.resolve("task"))) {
            for (Path task : tasks) {
                names.add(Files.readString(task.resolve("comm")).strip());
            }
        }
        return names;
    }

    @Test
    void inTheBackgroundItSaysWhenItStands() throws Exception {
        configuration(ROUTER);
        try (Daemon starter = start(List.of("-G", "-g", directory + "/log"))) {
            assertEquals(0, starter.exitStatus(), starter.output());
            long pid = Long.parseLong(Files.readString(directory.resolve("main.pid")).strip());
            ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
            daemon.destroy();
            daemon.onExit().get(20, TimeUnit.SECONDS);
            assertFalse(Files.exists(directory.resolve("main.pid")));
            // The log is written behind the daemon's back, and complete when that is gone.
            assertTrue(Files.readString(directory.resolve("log")).contains("Startup complete"));
        }
    }

    @Test
    void whatIsWrongAtTheStartIsSaidAndHasAStatus() throws Exception {
        configuration(ROUTER.replace("eth0", "eth7"));
        try (Daemon daemon = start(List.of("-G"))) {
            assertEquals(2, daemon.exitStatus());
            daemon.says("eth7", 1);
        }
        Files.delete(directory.resolve("test.conf"));
        try (Daemon daemon = start(List.of("-nG"))) {
            assertEquals(6, daemon.exitStatus());
        }
    }

    @Test
    void aTestOfTheConfigurationHasTheStatusOfWhatIsWrong() throws Exception {
        configuration(ROUTER);
        assertEquals(0, tested());
        configuration(ROUTER + "no_such_word\n");
        assertEquals(5, tested());
        configuration(ROUTER.replace("virtual_router_id 51", "virtual_router_id"));
        assertEquals(2, tested());
        configuration(ROUTER + "includea /no/such/file\n");
        assertEquals(6, tested());
    }

    private int tested() throws Exception {
        try (Daemon daemon = start(List.of("-t"))) {
            return daemon.exitStatus();
        }
    }
}
