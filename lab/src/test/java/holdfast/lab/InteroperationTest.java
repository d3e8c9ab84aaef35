package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two routers on one wire in real time, of which one may be another program: calm, a kill, the
/// return of the better one, and a stop with a goodbye.
///
/// Exact times, and all that can happen beside this, are for the matrix in virtual time.
@Tag("lab")
class InteroperationTest {

    private static final String VIP = "10.0.0.100";
    private static final Duration START_MAX = Duration.ofSeconds(15);

    private static final String INTERVAL = "0.3";
    private static final Duration INTERVAL_TIME = Duration.ofMillis(300);

    /// RFC 9568, 6.1: (256 - 100) / 256 of an interval for priority 100, after three of them.
    private static final Duration SKEW = Duration.ofMillis(183);

    private static final Duration MASTER_DOWN = INTERVAL_TIME.multipliedBy(3).plus(SKEW);

    /// What a busy machine may add to a time of the protocol; it has more than a takeover takes
    /// when the bound is missed.
    private static final Duration NOISE = Duration.ofSeconds(3);

    /// The better router, and the one that stands by.
    enum Pair {
        HOLDFAST_BEFORE_KEEPALIVED(Software.HOLDFAST, Software.KEEPALIVED),
        KEEPALIVED_BEFORE_HOLDFAST(Software.KEEPALIVED, Software.HOLDFAST),
        TWO_HOLDFASTS(Software.HOLDFAST, Software.HOLDFAST);

        private final Software better;
        private final Software other;

        Pair(Software better, Software other) {
            this.better = better;
            this.other = other;
        }
    }

    // Conforms: 9568-protocol, 9568-master-outranked, 9568-master-shutdown
    @ParameterizedTest
    @EnumSource
    void oneServesAndTheOtherTakesOver(Pair pair) {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "10.0.0.1/24");
            Host b = lab.host("b").plug(lan, "eth0", "10.0.0.2/24");
            try (Capture adverts = lan.capture("ip proto 112");
                    AddressWatch watchOfA = AddressWatch.start(a);
                    AddressWatch watchOfB = AddressWatch.start(b)) {
                Daemon better = Daemon.start(pair.better, a, Router.v3(150, INTERVAL).text());
                Daemon other = Daemon.start(pair.other, b, Router.v3(100, INTERVAL).text());
                betterServesAloneInCalm(a, b, better, adverts);

                Instant killed = better.kill();
                Instant taken = taken(watchOfB, killed, MASTER_DOWN, other);
                Instant last = silence(adverts, taken);
                assertFalse(
                        taken.isBefore(last.plus(MASTER_DOWN)),
                        () -> "took over " + Duration.between(last, taken) + " after an advert");

                a.attempt("ip", "address", "flush", "dev", "eth0", "to", VIP + "/32");
                Instant back = Instant.now();
                better.start();
                taken(watchOfA, back, START_MAX, better);
                Await.until("the other steps back", NOISE, () -> !b.owns(VIP), other::log);
                betterServesAloneInCalm(a, b, better, adverts);

                Instant stopped = better.stop();
                taken(watchOfB, stopped, SKEW, other);
                assertFalse(a.owns(VIP), "what stopped has left its address behind");
                other.stop();
                assertFalse(b.owns(VIP), "what stopped has left its address behind");
            }
        }
    }

    /// When the address came, which has to be within the protocol's time of a moment.
    private static Instant taken(AddressWatch watch, Instant since, Duration bound, Daemon by) {
        Duration limit = bound.plus(NOISE);
        Instant at =
                Await.value(
                        by.software() + " takes the address",
                        limit.plus(NOISE),
                        () -> watch.added(VIP, since),
                        () -> by.log() + watch.messages());
        Duration took = Duration.between(since, at);
        assertTrue(took.compareTo(limit) <= 0, "took " + took + " of " + bound);
        return at;
    }

    private static void betterServesAloneInCalm(Host a, Host b, Daemon better, Capture adverts) {
        Await.until(
                "the better one serves alone",
                START_MAX,
                () -> a.owns(VIP) && !b.owns(VIP),
                better::log);
        Instant calm = Instant.now();
        Await.until(
                "five adverts in calm",
                START_MAX,
                () -> adverts.since(calm).stream().filter(InteroperationTest::isOfA).count() >= 5);
        for (Packet packet : adverts.since(calm)) {
            assertFalse(isOdd(packet), packet::text);
            // On a busy machine the better one may be late, but only then may the other speak.
            assertTrue(
                    isOfA(packet)
                            || !packet.at()
                                    .isBefore(silence(adverts, packet.at()).plus(MASTER_DOWN)),
                    packet::text);
        }
    }

    /// The last advert of the better one before a moment.
    private static Instant silence(Capture adverts, Instant moment) {
        return adverts.packets().stream()
                .filter(InteroperationTest::isOfA)
                .map(Packet::at)
                .filter(at -> at.isBefore(moment))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    private static boolean isOfA(Packet packet) {
        return packet.source().equals("10.0.0.1");
    }

    /// Whether the independent eye of tcpdump finds something wrong with a packet.
    private static boolean isOdd(Packet packet) {
        return packet.text().contains("bad vrrp cksum")
                || packet.text().contains("truncated")
                || !packet.text().contains("ttl 255");
    }
}
