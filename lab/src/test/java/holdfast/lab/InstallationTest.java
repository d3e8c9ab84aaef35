package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The installation that `make dist` has made, on a machine without Java and with next to no tools.
@Tag("dist")
class InstallationTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// A good start takes less than half of this; the rest is for a busy machine.
    private static final Duration TEST_RUN_MAX = Duration.ofMillis(600);

    /// What one who runs VRRP only pays: the target is 60 MB.
    private static final long RESIDENT_KB_MAX = 64 * 1024;

    @Test
    void itNeedsNoJavaAndOnlyTheToolsEverySystemHas() throws IOException {
        try (Lab lab = Lab.open()) {
            Host host = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            Path configuration = lab.file("good.conf", Router.v2(150).text());
            Path wrong = lab.file("wrong.conf", "vrrp_instance V1 {\n  priority many\n}\n");
            assertEquals("", bare(lab, host, 0, "-t", "-f", configuration.toString()));
            String complaint = bare(lab, host, 5, "-t", "-f", wrong.toString());
            assertTrue(complaint.contains("wrong.conf:2:12"), complaint);
            assertTrue(bare(lab, host, 0, "-v").startsWith("Holdfast "));
        }
    }

    @Test
    void aConfigurationIsTestedInAMoment() throws IOException {
        try (Lab lab = Lab.open()) {
            Host host = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            Path configuration = lab.file("good.conf", Router.v2(150).text());
            Duration best = Duration.ofDays(1);
            for (int run = 0; run < 10; run++) {
                long start = System.nanoTime();
                bare(lab, host, 0, "-t", "-f", configuration.toString());
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                best = took.compareTo(best) < 0 ? took : best;
            }
            assertTrue(best.compareTo(TEST_RUN_MAX) < 0, "at best " + best);
        }
    }

    @Test
    void itServesAnAddressInLittleMemory() throws IOException {
        try (Lab lab = Lab.open()) {
            Host host = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            Path configuration = lab.file("good.conf", Router.v2(150).text());
            Process process =
                    host.start(
                            "log",
                            bareCommand(
                                    lab,
                                    "-n",
                                    "-l",
                                    "-f",
                                    configuration.toString(),
                                    "-p",
                                    lab.directory().resolve("pid").toString()));
            Await.until("it owns its address", LIMIT, () -> host.owns("10.0.0.100"));
            long resident =
                    Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))
                            .stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow();
            assertTrue(resident < RESIDENT_KB_MAX, resident + " kB are resident");
            process.destroy();
            assertEquals(0, process.onExit().join().exitValue());
            assertTrue(!host.owns("10.0.0.100"));
        }
    }

    private static String bare(Lab lab, Host host, int status, String... arguments)
            throws IOException {
        Ran ran = host.attempt(bareCommand(lab, arguments).toArray(String[]::new));
        assertEquals(status, ran.exit(), ran.output());
        return ran.output();
    }

    /// The launcher, with an empty environment but for a path to what it may use.
    private static List<String> bareCommand(Lab lab, String... arguments) throws IOException {
        Path tools = Files.createDirectories(lab.directory().resolve("tools"));
        for (String tool : List.of("sh", "env", "readlink")) {
            Path link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin", tool));
            }
        }
        List<String> command =
                new java.util.ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=" + tools));
        command.add(System.getProperty("holdfast.image") + "/bin/holdfast");
        command.addAll(List.of(arguments));
        return command;
    }
}
