package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Delays and schedules of minutes and hours, exactly, under a kernel whose clock stands while
/// anyone computes.
@Tag("time")
class LongTimesTest {

    private static final String VIP = "10.0.0.100";
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /// What the programs around the router may take, which wait for each other in small steps.
    private static final long STEP_MILLIS = 25;

    /// RFC 9568, 6.1: how long priority 150 waits for a master with an interval of 1 s.
    private static final long DOWN_MILLIS = 3414;

    @Test
    void timersCountFromTheEndOfTheStartUpDelay() {
        try (Lab lab = Lab.open()) {
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            try (AddressWatch watch = AddressWatch.start(a)) {
                Instant started = Instant.now();
                String text = withGlobal(Router.v3(150, "1"), "vrrp_startup_delay 33.5");
                Daemon.start(Software.HOLDFAST, a, text);
                Await.moment(started.plusSeconds(60));
                Instant taken = watch.added(VIP, started).orElseThrow();
                assertNear(List.of(33_500 + DOWN_MILLIS), millis(started, List.of(taken)));
            }
        }
    }

    @Test
    void aBetterRouterWaitsForAThousandSecondsBeforeItPreempts() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "10.0.0.1/24");
            Host b = lab.host("b").plug(lan, "eth0", "10.0.0.2/24");
            try (Capture adverts = Capture.start(b, "eth0", "ip proto 112 and src 10.0.0.2");
                    AddressWatch watch = AddressWatch.start(a)) {
                Daemon.start(Software.HOLDFAST, b, Router.v3(100, "0.7").text());
                Await.until("the weaker one serves", LIMIT, () -> !adverts.packets().isEmpty());
                Instant started = Instant.now();
                Router better = Router.v3(150, "0.7").with("preempt_delay 1000");
                Daemon.start(Software.HOLDFAST, a, better.text());
                Await.moment(started.plusSeconds(1100));
                // The delay begins with the first advert, and the last one it lets count is number
                // 1428 after it; then three intervals pass, and (256 - 150) / 256 of one.
                Instant first = adverts.since(started).getFirst().at();
                Instant taken = watch.added(VIP, started).orElseThrow();
                assertNear(List.of(1428 * 700L + 2390), millis(first, List.of(taken)));
                assertFalse(b.owns(VIP), "the weaker one still has the address");
            }
        }
    }

    @Test
    void announcementsKeepTheirSchedule() {
        List<Long> wanted = new ArrayList<>(List.of(0L, 0L, 0L, 7000L, 7000L, 7000L));
        for (long refresh = 7000 + 600_000; refresh < 3_600_000; refresh += 600_000) {
            wanted.addAll(List.of(refresh, refresh));
        }
        try (Lab lab = Lab.open()) {
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            try (Capture announced = Capture.start(a, "eth0", "arp src host " + VIP);
                    AddressWatch watch = AddressWatch.start(a)) {
                Instant started = Instant.now();
                Router router =
                        Router.v3(150, "1")
                                .with("garp_master_repeat 3")
                                .with("garp_master_delay 7")
                                .with("garp_master_refresh 600")
                                .with("garp_master_refresh_repeat 2");
                Daemon.start(Software.HOLDFAST, a, router.text());
                Await.moment(started.plusMillis(DOWN_MILLIS).plusSeconds(3600));
                Instant taken = watch.added(VIP, started).orElseThrow();
                assertNear(
                        wanted,
                        millis(taken, announced.packets().stream().map(Packet::at).toList()));
            }
        }
    }

    @Test
    void scriptsRunOnTimeAndTurnAfterAsManyRunsAsTheyShould() throws IOException {
        try (Lab lab = Lab.open()) {
            Host a = lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
            Path runs = lab.file("runs", "");
            Path verdict = lab.file("verdict", "true");
            Path script =
                    lab.script(
                            "check.sh",
                            "date +%%s.%%N >> %s\nexec $(cat %s)\n".formatted(runs, verdict));
            try (AddressWatch watch = AddressWatch.start(a)) {
                Instant started = Instant.now();
                Daemon.start(Software.HOLDFAST, a, tracking(script));
                Await.moment(started.plusSeconds(95));
                lab.file("verdict", "false"); // Runs at 100, 120 and 140 s fail.
                Await.moment(started.plusSeconds(215));
                lab.file("verdict", "true"); // Runs at 220 and 240 s succeed.
                Await.moment(started.plusSeconds(315));
                lab.file("verdict", "sleep 1000"); // Those of 320, 340 and 360 s take too long.
                Await.moment(started.plusSeconds(415));

                List<Instant> ran = moments(runs);
                assertNear(Collections.nCopies(20, 20_000L), gapsMillis(ran));
                List<Long> wanted = new ArrayList<>(List.of(DOWN_MILLIS));
                wanted.addAll(
                        millis(
                                started,
                                List.of(
                                        ran.get(7),
                                        ran.get(12).plusMillis(DOWN_MILLIS),
                                        ran.get(18).plusMillis(7500))));
                assertNear(wanted, millis(started, changes(watch)));
            }
        }
    }

    private static String tracking(Path script) {
        String check =
                """
                vrrp_script check {
                  script "%s"
                  interval 20
                  timeout 7.5
                  rise 2
                  fall 3
                }
                """
                        .formatted(script);
        Router router = Router.v3(150, "1").with("track_script {\ncheck\n}");
        return check + withGlobal(router, "script_user root");
    }

    private static List<Instant> changes(AddressWatch watch) {
        return watch.changes().stream()
                .filter(change -> change.address().equals(VIP))
                .map(AddressChange::at)
                .toList();
    }

    private static List<Instant> moments(Path runs) throws IOException {
        return Files.readString(runs)
                .lines()
                .map(line -> line.split("\\."))
                .map(
                        parts ->
                                Instant.ofEpochSecond(
                                        Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                .toList();
    }

    private static String withGlobal(Router router, String line) {
        return router.text().replace("global_defs {", "global_defs {\n  " + line);
    }

    private static List<Long> gapsMillis(List<Instant> moments) {
        return IntStream.range(1, moments.size())
                .mapToObj(i -> Duration.between(moments.get(i - 1), moments.get(i)).toMillis())
                .toList();
    }

    private static List<Long> millis(Instant since, List<Instant> moments) {
        return moments.stream().map(moment -> Duration.between(since, moment).toMillis()).toList();
    }

    private static void assertNear(List<Long> wanted, List<Long> actual) {
        boolean near = wanted.size() == actual.size();
        for (int i = 0; near && i < wanted.size(); i++) {
            near = Math.abs(wanted.get(i) - actual.get(i)) <= STEP_MILLIS;
        }
        assertTrue(near, () -> "wanted " + wanted + " ms\n but was " + actual + " ms");
    }
}
