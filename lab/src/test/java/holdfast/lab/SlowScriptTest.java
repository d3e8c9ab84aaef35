package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A script that does not end is reported, and costs no advert.
@Tag("lab")
class SlowScriptTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Adverts come each 100 ms; the script takes minutes, and a machine that does other things
    /// too some part of a second.
    private static final Duration GAP_MAX = Duration.ofMillis(500);

    @Test
    void aScriptThatSleepsDelaysNoAdvertAndIsNamed() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "10.0.0.1/24");
            lab.host("b").plug(lan, "eth0", "10.0.0.2/24");
            Path slow = lab.script("slow.sh", "sleep 60\n");
            Router router =
                    Router.v3(150, "0.1")
                            .with("notify_master \"%s\"\n  notify \"%s\"".formatted(slow, slow));
            try (Capture sent = Capture.start(a, "eth0", "ip proto 112")) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, a, router.text());
                Await.until("it is master", LIMIT, () -> a.owns("10.0.0.100"), daemon::log);
                daemon.awaitLog(slow + " INSTANCE V1 BACKUP 150 still runs after 5 s", LIMIT);
                List<Instant> adverts = sent.packets().stream().map(Packet::at).toList();
                assertTrue(adverts.size() >= 40, adverts.size() + " adverts in 5 s");
                for (int i = 1; i < adverts.size(); i++) {
                    Duration gap = Duration.between(adverts.get(i - 1), adverts.get(i));
                    assertTrue(gap.compareTo(GAP_MAX) < 0, "an advert after " + gap);
                }
                daemon.stop();
            }
        }
    }
}
