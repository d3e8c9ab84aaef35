package holdfast.vrrp;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is special about a router with priority 255.
class OwnerStoryTest {

    private static final String PEER = "192.0.2.2";
    private static final String HIGH_PEER = "192.0.2.9";
    private static final VrrpSpec HUNDRED = Specs.v2(100).spec();
    private static final VrrpSpec OWNER = Specs.v2(255).spec();

    /// A router at 192.0.2.7 that is master at 4,000 ms.
    private static Story master(VrrpSpec spec) {
        return new Story(spec).at(0, Story.up("eth0", "192.0.2.7")).until(4_000).skip();
    }

    // Conforms: 9568-start-owner, 9568-priority-owner, 3768-start-owner, 3768-priority-owner
    @Test
    void anOwnerIsMasterAtOnce() {
        Story story = new Story(OWNER);
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.until(1);

        story.reads(
                """
                0ms eth0 is up
                  a INIT -> BACKUP STARTED 255
                0.001ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER OWNER 255
                next 1000.001ms
                """);
    }

    // Conforms: 9568-receive-owner, 3768-receive-owner
    @Test
    void anOwnerMayIgnoreAdverts() {
        Election deaf =
                new Election(new Priority(255), true, true, Duration.ZERO, false, false, true);
        Story story = master(Specs.v2(255).with(deaf).spec());
        story.at(4_000, Story.advert(HUNDRED, 255, HIGH_PEER));

        story.reads(
                """
                4000ms PacketReceived from 192.0.2.9 prio 255
                  PacketDropped[instance=a, source=192.0.2.9, reason=OWNER_IGNORES]
                next 4000.001ms
                """);
    }

    @Test
    void ofTwoOwnersTheOneThatIsNotHeardGivesWayUntilTheOtherIsGone() {
        Story story = master(OWNER);
        story.at(4_500, Story.advert(OWNER, 255, PEER));
        story.at(5_400, Story.advert(OWNER, 255, PEER));
        story.at(6_400, Story.advert(OWNER, 255, PEER));
        story.until(7_000);
        story.at(8_000, Story.advert(OWNER, 200, PEER));
        story.until(12_000);

        story.reads(
                """
                4000.001ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                4500ms PacketReceived from 192.0.2.2 prio 255
                  HeardWeaker[instance=a, source=192.0.2.2, priority=255]
                  send a prio 255 to 224.0.0.18 ttl 255
                5400ms PacketReceived from 192.0.2.2 prio 255
                  HeardWeaker[instance=a, source=192.0.2.2, priority=255]
                5500ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                6400ms PacketReceived from 192.0.2.2 prio 255
                  HeardWeaker[instance=a, source=192.0.2.2, priority=255]
                6500ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                6700ms DeadlineReached
                  release a 192.0.2.100/32
                  PriorityChanged[instance=a, role=MASTER, from=255, to=254]
                  a MASTER -> BACKUP OUTRANKED 254
                8000ms PacketReceived from 192.0.2.2 prio 200
                  PriorityChanged[instance=a, role=BACKUP, from=254, to=255]
                9703.906ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER PREEMPTED_WEAKER 255
                10703.906ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                11703.906ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                next 12703.906ms
                """);
    }

    @Test
    void ofTwoOwnersTheOneThatIsHeardStays() {
        Story story = master(OWNER);
        story.at(4_500, Story.advert(OWNER, 255, PEER));
        story.until(7_000);

        story.reads(
                """
                4000.001ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                4500ms PacketReceived from 192.0.2.2 prio 255
                  HeardWeaker[instance=a, source=192.0.2.2, priority=255]
                  send a prio 255 to 224.0.0.18 ttl 255
                5500ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                6500ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                6700ms DeadlineReached
                next 7500ms
                """);
    }
}
