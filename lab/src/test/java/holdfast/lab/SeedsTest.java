package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Configurations that people have, started as they are.
@Tag("lab")
class SeedsTest {

    private static final Duration LIMIT = Duration.ofSeconds(25);

    @Test
    void theMinimalMasterServesItsAddress() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "192.168.1.1/24");
            try (Capture adverts = lan.capture("ip proto 112")) {
                Daemon daemon =
                        Daemon.start(Software.HOLDFAST, a, Seeds.read("003-vrrp-master.conf"));
                Await.until(
                        "it owns its address", LIMIT, () -> a.owns("192.168.1.254"), daemon::log);
                Await.until("two adverts", LIMIT, () -> adverts.packets().size() >= 2);
                String advert = adverts.packets().getFirst().text();
                assertTrue(
                        advert.contains(
                                "192.168.1.1 > 224.0.0.18: VRRPv2, Advertisement, vrid 51,"
                                        + " prio 100, authtype simple, intvl 1s"),
                        advert);
                assertTrue(advert.contains("addrs: 192.168.1.254 auth \"1111"), advert);
                daemon.stop();
                assertTrue(!a.owns("192.168.1.254"));
            }
        }
    }

    @Test
    void thePairWatchesItsWebServersAndChangesPlaces() throws IOException {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "192.168.0.1/24");
            Host b = lab.host("b").plug(lan, "eth0", "192.168.0.2/24");
            Process webOfA = Web.start(a, "127.0.0.1", 80);
            Web.start(b, "127.0.0.1", 80);
            Path users = lab.file("users.txt", "");
            Programs.run("chmod", "666", users.toString());
            Daemon first = pairMember(a, "004-first-server.conf", users).start();
            Daemon second = pairMember(b, "004-second-server.conf", users).start();
            Await.until(
                    "the first serves, alone", LIMIT, () -> serves(a) && !serves(b), first::log);
            Await.until(
                    "both have run the check",
                    LIMIT,
                    () -> lines(users).size() >= 2,
                    () -> first.log() + second.log());
            assertTrue(lines(users).stream().allMatch("nginx"::equals), "who ran the check");

            Web.kill(webOfA);
            Instant killed = Instant.now();
            Await.until(
                    "the second serves, alone",
                    LIMIT,
                    () -> serves(b) && !serves(a),
                    () -> first.log() + second.log());
            Duration took = Duration.between(killed, Instant.now());
            // One check each 5 s, which fails at once, and the skew of priority 50.
            assertTrue(took.compareTo(Duration.ofMillis(5000 + 805 + 500)) < 0, "took " + took);

            Web.start(a, "127.0.0.1", 80);
            Await.until(
                    "the first serves again, alone",
                    LIMIT,
                    () -> serves(a) && !serves(b),
                    () -> first.log() + second.log());
        }
    }

    /// One of the two, with the account that the check wants, and a curl that notes who it runs as.
    private static Daemon pairMember(Host host, String seed, Path users) throws IOException {
        Lab lab = host.lab();
        Path real = lab.directory().resolve(host.label(), "real-curl");
        Files.copy(Path.of("/usr/bin/curl"), real);
        Programs.run("chmod", "755", real.toString());
        Path curl =
                lab.script(
                        host.label() + "/curl",
                        "id -un >> %s\nexec %s \"$@\"\n".formatted(users, real));
        Daemon daemon = Daemon.of(Software.HOLDFAST, host, Seeds.read(seed));
        return Seeds.withUser(daemon, "nginx").mount(curl, "/usr/bin/curl");
    }

    private static boolean serves(Host host) {
        return host.owns("192.168.0.254");
    }

    private static java.util.List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
