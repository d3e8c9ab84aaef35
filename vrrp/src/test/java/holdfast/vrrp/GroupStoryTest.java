package holdfast.vrrp;

import holdfast.vrrp.VrrpEvent.Respecified;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Members of a sync group hold mastership together.
class GroupStoryTest {

    private static final String PEER = "192.0.2.2";
    private static final VrrpSpec FIRST = member("one", 1, "eth0", 100);
    private static final VrrpSpec SECOND = member("two", 2, "eth1", 100);

    private static VrrpSpec member(String name, int vrid, String interfaceName, int priority) {
        return Specs.v2(priority)
                .named(name, vrid, interfaceName)
                .with(List.of(Specs.address("192.0.2.10" + vrid)))
                .spec();
    }

    private static NodeSpec group(VrrpSpec... members) {
        SyncGroupSpec group =
                new SyncGroupSpec(
                        "g",
                        List.of(members).stream().map(VrrpSpec::name).toList(),
                        Tracking.NOTHING,
                        false,
                        Notifying.NOBODY);
        return new NodeSpec(List.of(members), List.of(group), List.of(), Duration.ZERO);
    }

    private static Story backup() {
        Story story = new Story(group(FIRST, SECOND));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(0, Story.up("eth1", "192.0.2.8"));
        return story;
    }

    private static Story master() {
        return backup().until(4_000).skip();
    }

    @Test
    void theGroupStartsWhenAllMembersAreKnown() {
        Story story = backup();

        story.reads(
                """
                0ms eth0 is up
                0ms eth1 is up
                  release one 192.0.2.101/32
                  one INIT -> BACKUP STARTED 100
                  release two 192.0.2.102/32
                  two INIT -> BACKUP STARTED 100
                  GroupRoleChanged[group=g, from=INIT, to=BACKUP]
                next 3609.375ms
                """);
    }

    @Test
    void allBecomeMasterWhenTheLastOneWants() {
        Story story = backup().skip();
        story.at(1_000, Story.advert(SECOND, 100, PEER));
        story.until(7_500);

        story.reads(
                """
                1000ms PacketReceived from 192.0.2.2 prio 100
                3609.375ms DeadlineReached
                4609.375ms DeadlineReached
                  send two prio 100 to 224.0.0.18 ttl 255
                  claim two 192.0.2.102/32
                  announce two 192.0.2.102/32
                  two BACKUP -> MASTER MASTER_SILENT 100
                  send one prio 100 to 224.0.0.18 ttl 255
                  claim one 192.0.2.101/32
                  announce one 192.0.2.101/32
                  one BACKUP -> MASTER GROUP 100
                  GroupRoleChanged[group=g, from=BACKUP, to=MASTER]
                5609.375ms DeadlineReached
                  send one prio 100 to 224.0.0.18 ttl 255
                  send two prio 100 to 224.0.0.18 ttl 255
                6609.375ms DeadlineReached
                  send one prio 100 to 224.0.0.18 ttl 255
                  send two prio 100 to 224.0.0.18 ttl 255
                next 7609.375ms
                """);
    }

    @Test
    void aMemberThatHasWaitedWaitsAgainWhenAMasterResigns() {
        Story story = backup().skip();
        story.at(500, Story.advert(SECOND, 100, PEER));
        story.at(4_000, Story.advert(FIRST, 0, PEER));
        story.until(4_700);

        story.reads(
                """
                500ms PacketReceived from 192.0.2.2 prio 100
                3609.375ms DeadlineReached
                4000ms PacketReceived from 192.0.2.2 prio 0
                4109.375ms DeadlineReached
                4609.375ms DeadlineReached
                  send one prio 100 to 224.0.0.18 ttl 255
                  claim one 192.0.2.101/32
                  announce one 192.0.2.101/32
                  one BACKUP -> MASTER MASTER_RESIGNED 100
                  send two prio 100 to 224.0.0.18 ttl 255
                  claim two 192.0.2.102/32
                  announce two 192.0.2.102/32
                  two BACKUP -> MASTER GROUP 100
                  GroupRoleChanged[group=g, from=BACKUP, to=MASTER]
                next 5609.375ms
                """);
    }

    @Test
    void oneThatYieldsTakesAllWithIt() {
        Story story = master();
        story.at(4_100, Story.advert(SECOND, 150, PEER));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.2 prio 150
                  release two 192.0.2.102/32
                  two MASTER -> BACKUP OUTRANKED 100
                  send one prio 0 to 224.0.0.18 ttl 255
                  release one 192.0.2.101/32
                  one MASTER -> BACKUP GROUP 100
                  GroupRoleChanged[group=g, from=MASTER, to=BACKUP]
                next 7709.375ms
                """);
    }

    @Test
    void oneFaultIsTheFaultOfAll() {
        Story story = master();
        story.at(4_100, Story.down("eth1"));
        story.at(5_000, Story.up("eth1", "192.0.2.8"));

        story.reads(
                """
                4100ms eth1 is down
                  one faults [GROUP_MEMBER two]
                  send one prio 0 to 224.0.0.18 ttl 255
                  release one 192.0.2.101/32
                  one MASTER -> FAULT FAULT_RAISED 100
                  two faults [INTERFACE_DOWN eth1]
                  send two prio 0 to 224.0.0.18 ttl 255
                  release two 192.0.2.102/32
                  two MASTER -> FAULT FAULT_RAISED 100
                  GroupRoleChanged[group=g, from=MASTER, to=FAULT]
                5000ms eth1 is up
                  one faults []
                  one FAULT -> BACKUP FAULTS_CLEARED 100
                  two faults []
                  two FAULT -> BACKUP FAULTS_CLEARED 100
                  GroupRoleChanged[group=g, from=FAULT, to=BACKUP]
                next 8609.375ms
                """);
    }

    @Test
    void anAddressTakenFromOneCostsAllTheirMastership() {
        Story story = master();
        story.at(4_100, new VrrpEvent.AddressTakenAway("eth0", Specs.ip("192.0.2.102")));

        story.reads(
                """
                4100ms AddressTakenAway[interfaceName=eth0, address=192.0.2.102]
                  send two prio 0 to 224.0.0.18 ttl 255
                  release two 192.0.2.102/32
                  two MASTER -> BACKUP ADDRESS_TAKEN_AWAY 100
                  send one prio 0 to 224.0.0.18 ttl 255
                  release one 192.0.2.101/32
                  one MASTER -> BACKUP GROUP 100
                  GroupRoleChanged[group=g, from=MASTER, to=BACKUP]
                next 4709.375ms
                """);
    }

    @Test
    void aNewMemberDragsNobodyAndFollowsItsGroup() {
        Story story = master();
        story.at(4_100, new Respecified(group(FIRST, SECOND, member("three", 3, "eth0", 100))));
        story.until(7_800);

        story.reads(
                """
                4100ms Respecified
                  release three 192.0.2.103/32
                  three INIT -> BACKUP STARTED 100
                4609.375ms DeadlineReached
                  send one prio 100 to 224.0.0.18 ttl 255
                  send two prio 100 to 224.0.0.18 ttl 255
                5609.375ms DeadlineReached
                  send one prio 100 to 224.0.0.18 ttl 255
                  send two prio 100 to 224.0.0.18 ttl 255
                6609.375ms DeadlineReached
                  send one prio 100 to 224.0.0.18 ttl 255
                  send two prio 100 to 224.0.0.18 ttl 255
                7609.375ms DeadlineReached
                  send one prio 100 to 224.0.0.18 ttl 255
                  send two prio 100 to 224.0.0.18 ttl 255
                7709.375ms DeadlineReached
                  send three prio 100 to 224.0.0.18 ttl 255
                  claim three 192.0.2.103/32
                  announce three 192.0.2.103/32
                  three BACKUP -> MASTER MASTER_SILENT 100
                next 8609.375ms
                """);
    }
}
