package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a running master does about its configuration being loaded again.
@Tag("lab")
class ReloadTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String VIP = "10.0.0.100";

    @Test
    void anUnchangedTextChangesNothingAtAll() throws IOException {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            Path told = lab.file("told.txt", "");
            Path script = lab.script("notify.sh", "echo \"$@\" >> %s\n".formatted(told));
            try (AddressWatch watch = AddressWatch.start(a);
                    Capture sent = Capture.start(a, "eth0", "ip proto 112 or arp")) {
                Router router = Router.v2(150).with("notify \"%s\"".formatted(script));
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, router.text());
                awaitMaster(a, daemon);
                Await.until("it has told", LIMIT, () -> read(told).contains("MASTER"), daemon::log);
                // The second round of announcements comes after garp_master_delay, which is 1 s.
                Await.until("ten announcements", LIMIT, () -> arps(sent, Instant.MIN) >= 10);
                awaitAdverts(sent, Instant.now(), 2);
                List<String> changesBefore = watch.messages();
                String toldBefore = read(told);

                Instant reloaded = daemon.hangUp();
                awaitAdverts(sent, reloaded, 4);
                assertEquals(changesBefore, watch.messages(), "what the kernel told");
                assertEquals(toldBefore, read(told), "what the script was told");
                assertEquals(0, arps(sent, reloaded), "announcements");
                List<Instant> adverts =
                        sent.since(reloaded.minusSeconds(2)).stream()
                                .filter(packet -> packet.text().contains("VRRPv2"))
                                .map(Packet::at)
                                .toList();
                for (int i = 1; i < adverts.size(); i++) {
                    long millis = Duration.between(adverts.get(i - 1), adverts.get(i)).toMillis();
                    assertTrue(millis > 900 && millis < 1300, "an advert after " + millis + " ms");
                }
            }
        }
    }

    @Test
    void aWrongTextIsRefusedAndNothingChanges() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            try (Capture sent = Capture.start(a, "eth0", "ip proto 112")) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, Router.v2(150).text());
                awaitMaster(a, daemon);
                String wrong = Router.v2(150).text().replace("priority 150", "priority many");
                Instant reloaded = daemon.reload(wrong);
                Await.until(
                        "the log says what is wrong",
                        LIMIT,
                        () -> daemon.log().contains("many"),
                        daemon::log);
                awaitAdverts(sent, reloaded, 3);
                assertTrue(daemon.isRunning());
                assertTrue(a.owns(VIP));
                assertTrue(sent.packets().getLast().text().contains("prio 150"));
            }
        }
    }

    @Test
    void addressesComeAndGoWithoutAnyChangeOfState() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            try (AddressWatch watch = AddressWatch.start(a)) {
                Router router = Router.v2(150);
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, router.text());
                awaitMaster(a, daemon);
                Instant reloaded =
                        daemon.reload(
                                router.text()
                                        .replace(
                                                "10.0.0.100/24 dev eth0",
                                                "10.0.0.100/24 dev eth0\n10.0.0.101/24 dev eth0"));
                Await.value(
                        "the new address comes",
                        LIMIT,
                        () -> watch.added("10.0.0.101", reloaded),
                        daemon::log);
                daemon.reload(router.text());
                Await.until(
                        "the new address goes, and nothing else came or went",
                        LIMIT,
                        () ->
                                changes(watch, reloaded)
                                        .equals(List.of("10.0.0.101 true", "10.0.0.101 false")),
                        () -> changes(watch, reloaded) + "\n" + daemon.log());
                assertFalse(a.owns("10.0.0.101"));
            }
        }
    }

    @Test
    void anAddressRemovedByHandIsNoticedAndComesBack() {
        try (Lab lab = Lab.open()) {
            Host a = host(lab);
            try (AddressWatch watch = AddressWatch.start(a)) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, Router.v2(150).text());
                awaitMaster(a, daemon);
                Instant removed = Instant.now();
                a.run("ip", "address", "del", VIP + "/24", "dev", "eth0");
                Await.value(
                        "the address comes back",
                        LIMIT,
                        () -> watch.added(VIP, removed),
                        daemon::log);
                daemon.stop();
                assertFalse(a.owns(VIP));
            }
        }
    }

    private static Host host(Lab lab) {
        return lab.host("a").plug(lab.wire(), "eth0", "10.0.0.1/24");
    }

    private static void awaitMaster(Host host, Daemon daemon) {
        Await.until("it owns " + VIP, LIMIT, () -> host.owns(VIP), daemon::log);
    }

    private static void awaitAdverts(Capture capture, Instant since, int count) {
        Await.until(
                count + " adverts",
                LIMIT,
                () ->
                        capture.since(since).stream()
                                        .filter(packet -> packet.text().contains("VRRPv2"))
                                        .count()
                                >= count);
    }

    private static List<String> changes(AddressWatch watch, Instant since) {
        return watch.changes().stream()
                .filter(change -> !change.at().isBefore(since))
                .map(change -> change.address() + " " + change.added())
                .toList();
    }

    private static long arps(Capture capture, Instant since) {
        return capture.since(since).stream()
                .filter(packet -> packet.text().contains("ARP"))
                .count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
