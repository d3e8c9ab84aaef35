package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A day in the life of two directors, in virtual time.
@Tag("time")
class DayTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int INTERVAL_SECONDS = 3;
    private static final int REFRESH_SECONDS = 3600;

    /// What waiting in whole milliseconds, for all that a router does at a time, comes to.
    private static final long STEP_MILLIS = 5;

    @Test
    void aDayPassesWithoutOneUnexpectedPacketOrChange() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            lan.host().set("net.ipv6.conf.all.disable_ipv6", "1"); // It looks for routers.
            Host a = host(lab, "a", lan, "10.0.0.1/24");
            Host b = host(lab, "b", lan, "10.0.0.2/24");
            Daemon first = Daemon.start(Software.HOLDFAST, a, text(150));
            Daemon second = Daemon.start(Software.HOLDFAST, b, text(100));
            Await.until("the better one serves", LIMIT, () -> a.owns("10.0.0.100"), first::log);
            // Until the second block of announcements, and the kernels' reports of their groups.
            Await.moment(Instant.now().plusSeconds(60));
            String logs = first.log() + second.log();
            try (Capture all = lan.capture("");
                    AddressWatch watchOfA = AddressWatch.start(a);
                    AddressWatch watchOfB = AddressWatch.start(b)) {
                Await.moment(Instant.now().plus(DAY));
                List<Packet> packets = all.packets();
                assertSteady(
                        packets.stream().filter(DayTest::isAdvert).toList(),
                        INTERVAL_SECONDS,
                        "10.0.0.1 > 224.0.0.18: VRRPv3");
                assertSteady(
                        packets.stream().filter(packet -> !isAdvert(packet)).toList(),
                        REFRESH_SECONDS,
                        "who-has 10.0.0.100");
                assertEquals(List.of(), watchOfA.messages(), "what the kernel of the first told");
                assertEquals(List.of(), watchOfB.messages(), "what the kernel of the second told");
                assertEquals(logs, first.log() + second.log(), "the logs");
            }
        }
    }

    private static boolean isAdvert(Packet packet) {
        return packet.text().contains("VRRP");
    }

    private static Host host(Lab lab, String label, Wire lan, String address) {
        return lab.host(label)
                .set("net.ipv6.conf.default.disable_ipv6", "1")
                .plug(lan, "eth0", address);
    }

    private static String text(int priority) {
        return Router.v3(priority, Integer.toString(INTERVAL_SECONDS))
                .with("garp_master_refresh " + REFRESH_SECONDS)
                .text();
    }

    /// All packets are of this kind, and each comes an interval after the one before.
    private static void assertSteady(List<Packet> packets, int intervalSeconds, String kind) {
        assertEquals(
                List.of(),
                packets.stream().filter(packet -> !packet.text().contains(kind)).toList(),
                "packets of another kind");
        long wanted = DAY.toSeconds() / intervalSeconds;
        assertTrue(Math.abs(packets.size() - wanted) <= 1, packets.size() + " packets: " + kind);
        var gapMillis = new TreeSet<Long>();
        for (int i = 1; i < packets.size(); i++) {
            Instant before = packets.get(i - 1).at();
            gapMillis.add(Duration.between(before, packets.get(i).at()).toMillis());
        }
        long interval = intervalSeconds * 1000L;
        assertTrue(
                gapMillis.first() >= interval - STEP_MILLIS
                        && gapMillis.last() <= interval + STEP_MILLIS,
                () -> "gaps of " + kind + " in ms: " + gapMillis);
    }
}
