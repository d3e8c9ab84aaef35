package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a real daemon makes of files, processes, scripts and interfaces that it tracks.
@Tag("lab")
class TrackersTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String VIP = "10.0.0.100";

    @Test
    void numbersInAFileMoveThePriorityAndMayBeAFault() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            Path load = lab.directory().resolve("load");
            String text =
                    """
                    track_file load {
                      file %s
                      init_file 20
                    }
                    """
                                    .formatted(load)
                            + Router.v3(100, "0.1").with("track_file {\nload weight 1\n}").text();
            try (Capture sent = Capture.start(a, "eth0", "ip proto 112")) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, text);
                awaitAdvert(sent, daemon, Instant.MIN, 120);
                assertEquals("20", read(load).strip());
                awaitAdvert(sent, daemon, write(load, "0x10 percent\n"), 116);
                awaitAdvert(sent, daemon, write(load, "-50"), 50);
                write(load, "-300");
                daemon.awaitLog("Held in FAULT: file load", LIMIT);
                awaitOwns(a, daemon, false);
                awaitAdvert(sent, daemon, delete(load), 100);

                // A reload reads the file again, with what it weighs now.
                awaitAdvert(sent, daemon, write(load, "7"), 107);
                Instant reloaded = daemon.reload(text.replace("load weight 1", "load weight -3"));
                awaitAdvert(sent, daemon, reloaded, 79);
                assertEquals("7", read(load), "what a file says at a reload is its own");
                daemon.stop();
            }
        }
    }

    @Test
    void aRouterIsMasterWhileItsProcessRuns() throws IOException {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            String name = "app" + ProcessHandle.current().pid();
            Path program = lab.directory().resolve(name);
            Files.copy(Path.of("/bin/sleep"), program);
            String text =
                    """
                    vrrp_track_process app {
                      process %s
                      terminate_delay 0.2
                    }
                    vrrp_track_process pair {
                      process %s 1000
                      quorum 2
                      weight 30
                    }
                    """
                                    .formatted(name, program)
                            + Router.v3(100, "0.1").with("track_process {\napp\npair\n}").text();
            try (Capture sent = Capture.start(a, "eth0", "ip proto 112")) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, text);
                daemon.awaitLog("Held in FAULT: process app", LIMIT);
                Process one = a.start("app.log", List.of(program.toString(), "1000"));
                try {
                    awaitAdvert(sent, daemon, Instant.MIN, 100);
                    assertTrue(a.owns(VIP));
                    Process other = a.start("app.log", List.of(program.toString(), "1000"));
                    awaitAdvert(sent, daemon, Instant.MIN, 130);
                    Instant ended = Instant.now();
                    other.destroyForcibly();
                    awaitAdvert(sent, daemon, ended, 100);
                    assertFalse(
                            daemon.log().contains("Quorum lost for tracked process app: 1"),
                            daemon.log());
                } finally {
                    one.destroyForcibly();
                }
                daemon.awaitLog("Quorum lost for tracked process app: 0 of them", LIMIT);
                awaitOwns(a, daemon, false);
                daemon.stop();
            }
        }
    }

    @Test
    void aScriptThatSleepsDelaysNoAdvertAndIsReported() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            Path told = lab.file("told.txt", "");
            Path script =
                    lab.script(
                            "slow.sh", "trap '' TERM\necho $$ >> %s\nsleep 60\n".formatted(told));
            Path notify = lab.script("notify.sh", "exec sleep 60\n");
            String text =
                    """
                    vrrp_script slow {
                      script %s
                      interval 1
                      timeout 1
                      weight 10
                    }
                    """
                                    .formatted(script)
                            + Router.v3(100, "0.5")
                                    .with(
                                            "track_script {\nslow\n}\nnotify \"%s\""
                                                    .formatted(notify))
                                    .text();
            try (Capture sent = Capture.start(a, "eth0", "ip proto 112")) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, text);
                daemon.awaitLog("Script slow takes too long and is ended", LIMIT);
                daemon.awaitLog("still runs after 5 s", LIMIT);
                awaitOwns(a, daemon, true);
                Await.until(
                        "the second run, after the first was killed",
                        LIMIT,
                        () -> read(told).lines().count() >= 2,
                        daemon::log);
                long first = Long.parseLong(read(told).lines().findFirst().orElseThrow());
                assertTrue(ProcessHandle.of(first).isEmpty(), "the first run still runs");
                Await.until("adverts", LIMIT, () -> sent.packets().size() >= 4, daemon::log);
                List<Instant> adverts = sent.packets().stream().map(Packet::at).toList();
                for (int i = 1; i < adverts.size(); i++) {
                    long millis = Duration.between(adverts.get(i - 1), adverts.get(i)).toMillis();
                    assertTrue(millis > 350 && millis < 800, "an advert after " + millis + " ms");
                }
                daemon.stop();
            }
        }
    }

    @Test
    void anInterfaceThatIsDownForAMomentIsNoFault() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            String text =
                    """
                    interface_up_down_delays {
                      eth0 1.5
                    }
                    linkbeat_interfaces {
                      eth0
                    }
                    """
                            + Router.v2(100).text();
            try (Capture sent = Capture.start(a, "eth0", "ip proto 112")) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, text);
                daemon.awaitLog("eth0 cannot be asked by MII, so it is asked by ETHTOOL", LIMIT);
                awaitOwns(a, daemon, true);
                a.run("ip", "link", "set", "eth0", "down");
                a.run("ip", "link", "set", "eth0", "up");
                Instant up = Instant.now();
                Await.until("adverts go on", LIMIT, () -> sent.since(up).size() >= 3, daemon::log);
                assertFalse(daemon.log().contains("FAULT"), daemon.log());
                a.run("ip", "link", "set", "eth0", "down");
                daemon.awaitLog("Held in FAULT: interface eth0 is down", LIMIT);
                daemon.stop();
            }
        }
    }

    @Test
    void aPipeHearsTheStatesAgainAtAReload() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            Path told = lab.file("told.txt", "");
            Path reader = lab.script("reader.sh", "exec cat \"$1\" >> %s\n".formatted(told));
            String text =
                    """
                    global_defs {
                      vrrp_notify_fifo %s
                      vrrp_notify_fifo_script %s
                      fifo_write_vrrp_states_on_reload
                    }
                    """
                                    .formatted(lab.directory().resolve("pipe"), reader)
                            + Router.v3(100, "0.1").text();
            Daemon daemon = Daemon.start(Software.HOLDFAST, a, text);
            String master = "INSTANCE \"V1\" MASTER 100\n";
            Await.until("it is master", LIMIT, () -> read(told).contains(master), daemon::log);
            String before = read(told);
            daemon.hangUp();
            Await.until(
                    "it says so again",
                    LIMIT,
                    () -> read(told).equals(before + master),
                    daemon::log);
            daemon.stop();
        }
    }

    private static Host host(Lab lab) {
        return lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
    }

    private static void awaitOwns(Host host, Daemon daemon, boolean owns) {
        Await.until(
                (owns ? "it owns " : "it gives up ") + VIP,
                LIMIT,
                () -> host.owns(VIP) == owns,
                daemon::log);
    }

    /// Waits for an advert of this priority.
    private static void awaitAdvert(Capture sent, Daemon daemon, Instant since, int priority) {
        Await.until(
                "an advert with priority " + priority,
                LIMIT,
                () ->
                        sent.since(since).stream()
                                .anyMatch(one -> one.text().contains("prio " + priority + ",")),
                daemon::log);
    }

    private static Instant write(Path file, String text) {
        try {
            Instant before = Instant.now();
            Files.writeString(file, text);
            return before;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant delete(Path file) {
        try {
            Instant before = Instant.now();
            Files.delete(file);
            return before;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
