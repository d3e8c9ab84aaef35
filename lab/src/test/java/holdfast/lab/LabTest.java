package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The lab itself: hosts that reach each other and nobody else, eyes that see, and nothing left
/// behind.
@Tag("lab")
class LabTest {

    @Test
    void hostsReachEachOtherThroughTheWireAndNothingElse() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "10.0.0.1/24");
            lab.host("b").plug(lan, "eth0", "10.0.0.2/24", "2001:db8::2/64");
            assertTrue(a.attempt("busybox", "ping", "-c", "1", "-W", "2", "10.0.0.2").succeeded());
            assertFalse(
                    a.attempt("busybox", "ping", "-c", "1", "-W", "2", "192.0.2.1").succeeded());
        }
    }

    @Test
    void aCaptureAndAWatchSeeWhatHappens() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "10.0.0.1/24");
            lab.host("b").plug(lan, "eth0", "10.0.0.2/24");
            Instant before = Instant.now();
            try (Capture capture = Capture.start(a, "eth0", "icmp");
                    AddressWatch watch = AddressWatch.start(a)) {
                a.run("busybox", "ping", "-c", "1", "10.0.0.2");
                Await.until("question and answer", limit(), () -> capture.packets().size() == 2);
                assertEquals("10.0.0.1", capture.packets().getFirst().source());
                assertFalse(capture.packets().getFirst().at().isBefore(before));

                a.run("ip", "address", "add", "10.0.0.9/32", "dev", "eth0");
                a.run("ip", "address", "del", "10.0.0.9/32", "dev", "eth0");
                Await.until(
                        "coming and going are told", limit(), () -> watch.changes().size() == 2);
                assertEquals(
                        List.of("10.0.0.9 true", "10.0.0.9 false"),
                        watch.changes().stream()
                                .map(change -> change.address() + " " + change.added())
                                .toList());
            }
        }
    }

    @Test
    void closingEndsTheProgramsAndRemovesHostsAndFiles() {
        Lab lab = Lab.open();
        Host host = lab.host("a");
        Process sleeper = host.start("sleep.log", List.of("sleep", "1000"));
        Path directory = lab.directory();
        lab.close();
        Await.until("the program has ended", limit(), () -> !sleeper.isAlive());
        assertFalse(Files.exists(directory));
        assertFalse(Files.exists(Path.of("/run/netns", host.namespace())));
    }

    @Test
    void whatADeadProcessLeftIsRemovedWhenTheNextLabOpens() throws IOException {
        String dead = "hf-4194305-1-1";
        Programs.run("ip", "netns", "add", dead + "-a");
        Path directory = Files.createDirectories(Path.of("/tmp", dead));
        Files.writeString(directory.resolve("log"), "");
        Path theirs = Files.createDirectories(Path.of("/tmp/hf-not-a-lab"));
        try (Lab lab = Lab.open()) {
            assertTrue(Files.exists(lab.directory()));
            assertFalse(Files.exists(Path.of("/run/netns", dead + "-a")));
            assertFalse(Files.exists(directory));
            assertTrue(Files.exists(theirs), "what no lab has made was removed");
        }
        Files.delete(theirs);
    }

    @Test
    void waitingInVainSaysWhatFor() {
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () -> Await.until("pigs fly", Duration.ofMillis(30), () -> false));
        assertTrue(error.toString().contains("not: pigs fly"), error.toString());
    }

    private static Duration limit() {
        return Duration.ofSeconds(5);
    }
}
