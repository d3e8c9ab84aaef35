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

/// The configuration that uses every keyword of old installations, started as it is.
@Tag("ipvs")
class SeedPlaneTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void everyKeywordOfTheStructureReferenceDoesWhatItSays() throws IOException {
        try (Lab lab = Lab.open()) {
            Host host =
                    lab.host("lb")
                            .plug(lab.wire(), "eth0", "10.0.0.2/24")
                            .plug(lab.wire(), "eth1", "10.0.1.2/24");
            Path told = lab.file("told.txt", "");
            Daemon daemon =
                    Daemon.of(Software.HOLDFAST, host, Seeds.read("001-every-keyword.conf"))
                            .mount(scripts(lab, told), "/usr/local/bin");
            try (Capture front = Capture.start(host, "eth0", "ip proto 112")) {
                daemon.start();
                for (String address :
                        List.of(
                                "10.0.0.100",
                                "10.0.0.101",
                                "10.0.0.102",
                                "10.0.0.110",
                                "10.0.0.111")) {
                    Await.until("it owns " + address, LIMIT, () -> host.owns(address), daemon::log);
                }
                Await.until("adverts", LIMIT, () -> front.packets().size() > 2);
                String advert = front.packets().getLast().text();
                assertTrue(advert.contains("vrid 51, prio 150, authtype simple"), advert);
                assertEquals("10.0.0.2", front.packets().getLast().source());
                Await.until(
                        "the kernel holds the services, and the one server that passes its check",
                        LIMIT,
                        () -> Director.plane(host).equals(plane()),
                        () -> String.join("\n", Director.plane(host)) + "\n" + daemon.log());
                Await.until(
                        "the sync daemon sends as the master's",
                        LIMIT,
                        () ->
                                syncDaemon(host)
                                        .contains("master sync daemon (mcast=eth1, syncid=51"),
                        () -> syncDaemon(host) + daemon.log());
                Await.until(
                        "the scripts are told",
                        LIMIT,
                        () -> lines(told).containsAll(List.of("master", "master VI_1")),
                        () -> lines(told) + daemon.log());
            }
            daemon.stop();
            assertEquals(List.of(), Director.plane(host), "left in the kernel");
            assertEquals("", syncDaemon(host).strip(), "left in the kernel");
        }
    }

    private static String syncDaemon(Host host) {
        return host.run("ipvsadm", "-L", "--daemon");
    }

    /// What passes its check; nobody answers where SSL_GET asks.
    private static List<String> plane() {
        return List.of(
                "-A -f 7 -s sh",
                "-A -t 10.0.0.100:443 -s lblc",
                "-A -t 10.0.0.100:80 -s wrr -p 50",
                "-a -f 7 -r 10.0.1.21:0 -g -w 1",
                "-a -t 10.0.0.100:80 -r 10.0.1.12:80 -m -w 2");
    }

    /// What the configuration wants in /usr/local/bin: scripts that note their calls, and checks
    /// that pass.
    private static Path scripts(Lab lab, Path told) {
        for (String state : List.of("master", "backup", "fault")) {
            lab.script(
                    "bin/script_%s.sh".formatted(state),
                    "echo %s $* >> %s\n".formatted(state, told));
        }
        lab.script("bin/check-web.sh", "[ \"$1\" = 10.0.1.12 ]\n");
        lab.script("bin/check-dns.sh", "exit 0\n");
        return lab.directory().resolve("bin");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
