package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two routers on one wire, of which one may be another program: who serves, and how soon the other
/// does.
@Tag("lab")
class InteroperationTest {

    private static final String VIP = "10.0.0.100";
    private static final Duration START_MAX = Duration.ofSeconds(15);

    /// What a noisy machine may add to a time of the protocol.
    private static final Duration NOISE = Duration.ofMillis(300);

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

    /// What is spoken, with the time after the last advert at which priority 100 takes over.
    enum Speech {
        /// RFC 3768, 5.3: three intervals, and a skew of (256 - 100) / 256 s.
        V2_PASS("1", 1000, 609),
        V2_HEADER("1", 1000, 609),
        /// RFC 9568, 6.1: the skew is that part of the interval.
        V3_SECOND("1", 1000, 609),
        V3_TENTH("0.1", 100, 60);

        private final String advertInt;
        private final Duration interval;
        private final Duration skew;

        Speech(String advertInt, int intervalMillis, int skewMillis) {
            this.advertInt = advertInt;
            this.interval = Duration.ofMillis(intervalMillis);
            this.skew = Duration.ofMillis(skewMillis);
        }

        String router(int priority) {
            return switch (this) {
                case V2_PASS -> Router.v2(priority).text();
                case V2_HEADER -> Router.ah(priority).text();
                case V3_SECOND, V3_TENTH -> Router.v3(priority, advertInt).text();
            };
        }

        Duration masterDown() {
            return interval.multipliedBy(3).plus(skew);
        }
    }

    // Conforms: 3768-protocol, 3768-master-outranked, 3768-master-shutdown
    @ParameterizedTest
    @EnumSource
    void secondVersionWithPassword(Pair pair) {
        tellTheStory(pair, Speech.V2_PASS);
    }

    @ParameterizedTest
    @EnumSource
    void secondVersionWithAuthenticationHeaders(Pair pair) {
        tellTheStory(pair, Speech.V2_HEADER);
    }

    // Conforms: 9568-protocol, 9568-master-outranked, 9568-master-shutdown
    @ParameterizedTest
    @EnumSource
    void thirdVersionWithSeconds(Pair pair) {
        tellTheStory(pair, Speech.V3_SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void thirdVersionWithTenths(Pair pair) {
        tellTheStory(pair, Speech.V3_TENTH);
    }

    /// Calm, a kill, the return of the better one, and a stop with a goodbye.
    private static void tellTheStory(Pair pair, Speech speech) {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Host a = lab.host("a").plug(lan, "eth0", "10.0.0.1/24");
            Host b = lab.host("b").plug(lan, "eth0", "10.0.0.2/24");
            try (Capture adverts = lan.capture("ip proto 112 or ip proto 51");
                    AddressWatch watchOfA = AddressWatch.start(a);
                    AddressWatch watchOfB = AddressWatch.start(b)) {
                Daemon better = Daemon.start(pair.better, a, speech.router(150));
                Daemon other = Daemon.start(pair.other, b, speech.router(100));
                betterServesAloneInCalm(a, b, better, adverts);

                Instant killed = better.kill();
                Instant taken = taken(watchOfB, killed, speech.masterDown(), other);
                assertTrue(
                        Duration.between(killed, taken)
                                        .compareTo(speech.masterDown().minus(speech.interval))
                                >= 0,
                        "before the master could be missed: "
                                + Duration.between(killed, taken)
                                + "\n"
                                + other.log());

                a.attempt("ip", "address", "flush", "dev", "eth0", "to", VIP + "/32");
                Instant back = Instant.now();
                better.start();
                taken(watchOfA, back, START_MAX, better);
                Await.until("the other steps back", NOISE, () -> !b.owns(VIP), other::log);
                betterServesAloneInCalm(a, b, better, adverts);

                Instant stopped = better.stop();
                taken(watchOfB, stopped, speech.skew, other);
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
        Await.until("five adverts in calm", START_MAX, () -> adverts.since(calm).size() >= 5);
        Set<String> speakers =
                adverts.since(calm).stream().map(Packet::source).collect(Collectors.toSet());
        assertEquals(Set.of("10.0.0.1"), speakers, "who speaks in calm");
        assertEquals(
                List.of(), adverts.since(calm).stream().filter(InteroperationTest::isOdd).toList());
        assertFalse(b.owns(VIP));
    }

    /// Whether the independent eye of tcpdump finds something wrong with a packet.
    private static boolean isOdd(Packet packet) {
        return packet.text().contains("bad vrrp cksum")
                || packet.text().contains("truncated")
                || !packet.text().contains("ttl 255");
    }
}
