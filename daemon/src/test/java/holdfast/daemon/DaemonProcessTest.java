package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.linux.UnixDatagram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void inTheBackgroundItSaysWhenItStands() throws Exception {
        configuration(ROUTER);
        try (Daemon starter = start(List.of("-G", "-g", directory + "/log"))) {
            assertEquals(0, starter.exitStatus(), starter.output());
            long pid = Long.parseLong(Files.readString(directory.resolve("main.pid")).strip());
            ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
            assertTrue(Files.readString(directory.resolve("log")).contains("Startup complete"));
            daemon.destroy();
            daemon.onExit().get(20, TimeUnit.SECONDS);
            assertFalse(Files.exists(directory.resolve("main.pid")));
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
