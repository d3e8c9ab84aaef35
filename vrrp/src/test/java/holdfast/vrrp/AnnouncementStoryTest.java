package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When a master says where its addresses are.
class AnnouncementStoryTest {

    private static final String PEER = "192.0.2.2";

    private static Story backup(Announcing announcing) {
        return backup(announcing, Pacing.FREE);
    }

    private static Story backup(Announcing announcing, Pacing pacing) {
        return new Story(node(pacing, Specs.v2(100).with(announcing).spec()))
                .at(0, Story.up("eth0", "192.0.2.7"))
                .skip();
    }

    private static NodeSpec node(Pacing pacing, VrrpSpec... specs) {
        return new NodeSpec(List.of(specs), List.of(), List.of(), Duration.ZERO, pacing);
    }

    /// ARPs of an interface at least so far apart.
    private static Pacing apart(int millis) {
        return new Pacing(Duration.ofMillis(millis), Duration.ZERO, List.of());
    }

    private static VirtualAddress on(String interfaceName, String address) {
        return VirtualAddress.plain(IpPrefix.host(Specs.ip(address)), interfaceName);
    }

    private static Announcing every(Duration refresh) {
        return new Announcing(
                3,
                Duration.ofSeconds(2),
                refresh,
                2,
                4,
                Duration.ofSeconds(1),
                Announcing.Elsewhere.NEVER);
    }

    @Test
    void atTheTakeoverOnceMoreLaterAndThenPeriodically() {
        Story story = backup(every(Duration.ofMillis(1_500)));
        story.until(9_000);

        story.reads(
                """
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32 x3
                  a BACKUP -> MASTER MASTER_SILENT 100
                4609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                5609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  announce a 192.0.2.100/32 x3
                6609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                7109.375ms DeadlineReached
                  announce a 192.0.2.100/32 x2
                7609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                8609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  announce a 192.0.2.100/32 x2
                next 9609.375ms
                """);
    }

    @Test
    void afterAWeakerAdvertAtOnceAndOnceMore() {
        Story story = backup(every(Duration.ZERO));
        story.until(6_000).skip();
        story.at(6_000, Story.advert(Specs.v2(100).spec(), 50, PEER));
        story.until(7_100);

        story.reads(
                """
                6000ms PacketReceived from 192.0.2.2 prio 50
                  HeardWeaker[instance=a, source=192.0.2.2, priority=50]
                  send a prio 100 to 224.0.0.18 ttl 255
                  announce a 192.0.2.100/32 x4
                7000ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  announce a 192.0.2.100/32 x4
                next 8000ms
                """);
    }

    @Test
    void neverFasterThanTheInterfaceIsAllowed() {
        Story story = backup(every(Duration.ZERO), apart(200));
        story.until(4_100);

        story.reads(
                """
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                3809.375ms DeadlineReached
                  announce a 192.0.2.100/32
                4009.375ms DeadlineReached
                  announce a 192.0.2.100/32
                next 4609.375ms
                """);
    }

    @Test
    void interfacesOfOneGroupShareALimit() {
        Pacing.Group group =
                new Pacing.Group(
                        List.of("eth1", "eth2"),
                        Optional.of(Duration.ofMillis(300)),
                        Optional.empty());
        List<VirtualAddress> addresses =
                List.of(
                        on("eth0", "192.0.2.100"),
                        on("eth1", "198.51.100.1"),
                        on("eth2", "203.0.113.1"));
        VrrpSpec spec = Specs.v2(100).with(addresses).spec();
        Pacing pacing = new Pacing(Duration.ofMillis(100), Duration.ZERO, List.of(group));
        Story story = new Story(node(pacing, spec));
        story.at(0, Story.up("eth0", "192.0.2.7")).skip().until(4_500);

        story.reads(
                """
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32 198.51.100.1/32 203.0.113.1/32
                  announce a 192.0.2.100/32
                  announce a 198.51.100.1/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                3909.375ms DeadlineReached
                  announce a 203.0.113.1/32
                next 4609.375ms
                """);
    }

    @Test
    void anotherLimitHoldsFromTheReloadOnForWhatIsPending() {
        Announcing announcing = every(Duration.ZERO);
        VrrpSpec spec = Specs.v2(100).with(announcing).spec();
        Story story = backup(announcing, apart(200));
        story.until(3_700).skip();
        story.at(3_700, new VrrpEvent.Respecified(node(apart(500), spec)));
        story.until(4_500);

        story.reads(
                """
                3700ms Respecified
                3809.375ms DeadlineReached
                  announce a 192.0.2.100/32
                4309.375ms DeadlineReached
                  announce a 192.0.2.100/32
                next 4609.375ms
                """);
    }

    @Test
    void interfacesWithoutAdvertsAreHeardOfPeriodically() {
        List<VirtualAddress> addresses =
                List.of(
                        on("eth0", "192.0.2.100"),
                        on("eth1", "198.51.100.1"),
                        on("eth1", "198.51.100.2"),
                        on("eth2", "203.0.113.1"));
        Announcing announcing =
                new Announcing(
                        1,
                        Duration.ofMillis(300),
                        Duration.ZERO,
                        1,
                        0,
                        Duration.ZERO,
                        new Announcing.Elsewhere(Duration.ofSeconds(2), true));
        Story story = new Story(Specs.v2(100).with(addresses, announcing, Tracking.PRIMARY).spec());
        story.at(0, Story.up("eth0", "192.0.2.7")).until(5_700).skip().until(8_000);

        story.reads(
                """
                5909.375ms DeadlineReached
                  announce a 198.51.100.1/32
                  announce a 203.0.113.1/32
                6609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                7609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                7909.375ms DeadlineReached
                  announce a 198.51.100.1/32
                  announce a 203.0.113.1/32
                next 8609.375ms
                """);
    }

    @Test
    void whoLosesMastershipFallsSilent() {
        Story story = backup(every(Duration.ZERO), apart(200));
        story.until(3_700).skip();
        story.at(3_700, Story.advert(Specs.v2(100).spec(), 150, PEER));

        story.reads(
                """
                3700ms PacketReceived from 192.0.2.2 prio 150
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP OUTRANKED 100
                next 7309.375ms
                """);
    }

    @Test
    void manyAddressesAreAnnouncedInTurnsThatLeaveRoomForAdverts() {
        List<VirtualAddress> addresses =
                IntStream.range(0, 250)
                        .mapToObj(i -> Ipv4Address.of(198, 51, 100, i))
                        .map(address -> VirtualAddress.plain(IpPrefix.host(address), "eth0"))
                        .toList();
        Announcing announcing = every(Duration.ZERO);
        VrrpNode node =
                new VrrpNode(
                        Specs.node(
                                Specs.v2(100).with(addresses, announcing, Tracking.PRIMARY).spec()),
                        new MonoTime(0));
        node.on(new MonoTime(0), Story.up("eth0", "192.0.2.7"));
        int announced = 0;
        while (announced < 750) {
            MonoTime now = node.deadline();
            int inTurn = 0;
            for (VrrpEffect effect : node.on(now, new VrrpEvent.DeadlineReached())) {
                if (effect instanceof VrrpEffect.AnnounceAddresses(_, var some)) {
                    inTurn += some.size();
                }
            }
            assertTrue(inTurn <= 64, "in one turn: " + inTurn);
            announced += inTurn;
        }
        assertEquals(750, announced);
        Duration taken = node.deadline().since(new MonoTime(3_609_375_000L));
        assertTrue(taken.compareTo(Duration.ofSeconds(1)) <= 0, "took " + taken);
    }
}
