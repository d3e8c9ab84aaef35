package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A failover under a kernel whose clock stands while anyone computes: its time is the protocol's.
@Tag("time")
class VirtualTimeTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String VIP = "10.0.0.100";

    /// What the programs around it may take: they wait for each other in steps of some
    /// milliseconds.
    private static final long STEP_MILLIS = 20;

    @Test
    void aSilentMasterIsReplacedExactlyWhenTheProtocolSays() {
        // RFC 3768, 5.3: three intervals of 1 s and (256 - 100) / 256 s after the last advert.
        assertNear(3609, replacedAfterMillis(Router.v2(150), Router.v2(100)));
        // RFC 9568, 6.1: three intervals of 0.1 s and 156/256 of one.
        assertNear(361, replacedAfterMillis(Router.v3(150, "0.1"), Router.v3(100, "0.1")));
    }

    private static void assertNear(long wanted, long actual) {
        assertTrue(Math.abs(wanted - actual) <= STEP_MILLIS, actual + " ms, not " + wanted + " ms");
    }

    /// How long after the last advert of a killed master the other one owns the address.
    private static long replacedAfterMillis(Router better, Router other) {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "10.0.0.1/24");
            Host b = lab.host("b").plug(lan, "eth0", "10.0.0.2/24");
            try (Capture adverts = Capture.start(b, "eth0", "ip proto 112 and src 10.0.0.1");
                    AddressWatch watch = AddressWatch.start(b)) {
                Daemon master = Daemon.start(Software.HOLDFAST, a, better.text());
                Daemon backup = Daemon.start(Software.HOLDFAST, b, other.text());
                Await.until("the master serves", LIMIT, () -> a.owns(VIP), master::log);
                Await.until("three adverts", LIMIT, () -> adverts.packets().size() >= 3);
                Instant killed = master.kill();
                Instant taken =
                        Await.value(
                                "the backup takes over",
                                LIMIT,
                                () -> watch.added(VIP, killed),
                                backup::log);
                Instant last = adverts.packets().getLast().at();
                return Duration.between(last, taken).toMillis();
            }
        }
    }
}
