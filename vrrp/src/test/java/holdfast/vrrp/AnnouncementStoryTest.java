package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When a master says where its addresses are.
class AnnouncementStoryTest {

    private static final String PEER = "192.0.2.2";

    private static Story backup(Announcing announcing) {
        return new Story(Specs.v2(100).with(announcing).spec())
                .at(0, Story.up("eth0", "192.0.2.7"))
                .skip();
    }

    private static Announcing every(Duration refresh, Duration arpInterval) {
        return new Announcing(
                3,
                Duration.ofSeconds(2),
                refresh,
                2,
                4,
                Duration.ofSeconds(1),
                arpInterval,
                Duration.ZERO);
    }

    @Test
    void atTheTakeoverOnceMoreLaterAndThenPeriodically() {
        Story story = backup(every(Duration.ofMillis(1_500), Duration.ZERO));
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
        Story story = backup(every(Duration.ZERO, Duration.ZERO));
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
        Story story = backup(every(Duration.ZERO, Duration.ofMillis(200)));
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
    void whoLosesMastershipFallsSilent() {
        Story story = backup(every(Duration.ZERO, Duration.ofMillis(200)));
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
        Announcing announcing = every(Duration.ZERO, Duration.ZERO);
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
