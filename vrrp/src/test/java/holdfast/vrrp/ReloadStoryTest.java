package holdfast.vrrp;

import holdfast.vrrp.VrrpEvent.Respecified;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// New orders are carried out with the least change.
class ReloadStoryTest {

    private static final VrrpSpec FIRST = Specs.v2(100).spec();
    private static final VrrpSpec SECOND =
            Specs.v2(100).named("b", 2, "eth0").with(List.of(Specs.address("192.0.2.102"))).spec();

    private static Story master(VrrpSpec... specs) {
        return new Story(specs).at(0, Story.up("eth0", "192.0.2.7")).until(4_000).skip();
    }

    @Test
    void theSameOrdersDoNothing() {
        Story story = master(FIRST, SECOND);
        story.at(4_100, new Respecified(Specs.node(FIRST, SECOND)));

        story.reads(
                """
                4100ms Respecified
                next 4609.375ms
                """);
    }

    @Test
    void anotherNameIsTheSameRouter() {
        Story story = master(FIRST, SECOND);
        story.at(4_100, new Respecified(Specs.node(Specs.v2(100).named("z", 1, "eth0").spec())));
        story.until(4_700);

        story.reads(
                """
                4100ms Respecified
                  send b prio 0 to 224.0.0.18 ttl 255
                  release b 192.0.2.102/32
                  b MASTER -> DELETED RESPECIFIED 100
                  claim z 192.0.2.100/32
                  release a 192.0.2.100/32
                4609.375ms DeadlineReached
                  send z prio 100 to 224.0.0.18 ttl 255
                next 5609.375ms
                """);
    }

    @Test
    void aMasterWithAnotherNameReleasesWhatItClaimed() {
        Story story = master(FIRST);
        story.at(4_100, new Respecified(Specs.node(Specs.v2(100).named("z", 1, "eth0").spec())));
        story.at(4_200, new VrrpEvent.StopRequested());

        story.reads(
                """
                4100ms Respecified
                  claim z 192.0.2.100/32
                  release a 192.0.2.100/32
                4200ms StopRequested[]
                  send z prio 0 to 224.0.0.18 ttl 255
                  release z 192.0.2.100/32
                  z MASTER -> STOP STOPPED 100
                next never
                """);
    }

    @Test
    void onlyTheDifferenceInAddressesIsCarriedOut() {
        Story story = master(FIRST);
        VrrpSpec next =
                Specs.v2(100)
                        .with(List.of(Specs.address("192.0.2.101"), Specs.address("192.0.2.102")))
                        .spec();
        story.at(4_100, new Respecified(Specs.node(next)));

        story.reads(
                """
                4100ms Respecified
                  release a 192.0.2.100/32
                  claim a 192.0.2.101/32 192.0.2.102/32
                  announce a 192.0.2.101/32 192.0.2.102/32
                next 4609.375ms
                """);
    }

    @Test
    void anAddressThatMovesIsReleasedBeforeItIsClaimed() {
        Story story = master(FIRST, SECOND);
        VrrpSpec emptied = Specs.v2(100).with(List.of(Specs.address("192.0.2.101"))).spec();
        VrrpSpec filled =
                Specs.v2(100)
                        .named("b", 2, "eth0")
                        .with(List.of(Specs.address("192.0.2.102"), Specs.address("192.0.2.100")))
                        .spec();
        story.at(4_100, new Respecified(Specs.node(filled, emptied)));

        story.reads(
                """
                4100ms Respecified
                  release a 192.0.2.100/32
                  claim b 192.0.2.100/32
                  announce b 192.0.2.100/32
                  claim a 192.0.2.101/32
                  announce a 192.0.2.101/32
                next 4609.375ms
                """);
    }

    @Test
    void aMasterKeepsItsRoleWithAnotherPriorityAndInterval() {
        Story story = master(Specs.v2(100).with(new Timing(Duration.ofSeconds(10), 3)).spec());
        story.until(31_000).skip();
        story.at(31_000, new Respecified(Specs.node(Specs.v2(50).spec())));
        story.until(32_000);

        story.reads(
                """
                31000ms Respecified
                  PriorityChanged[instance=a, role=MASTER, from=100, to=50]
                32000ms DeadlineReached
                  send a prio 50 to 224.0.0.18 ttl 255
                next 33000ms
                """);
    }

    @Test
    void aBackupKeepsItsPlaceInTimeWithAnotherPriority() {
        Story story = new Story(FIRST).at(0, Story.up("eth0", "192.0.2.7")).skip();
        story.at(1_000, new Respecified(Specs.node(Specs.v2(200).spec())));

        story.reads(
                """
                1000ms Respecified
                  PriorityChanged[instance=a, role=BACKUP, from=100, to=200]
                next 3218.750ms
                """);
    }

    @Test
    void aNewOwnerTakesOverAtOnce() {
        Story story = new Story(FIRST).at(0, Story.up("eth0", "192.0.2.7")).skip();
        story.at(1_000, new Respecified(Specs.node(Specs.v2(255).spec())));
        story.until(1_001);

        story.reads(
                """
                1000ms Respecified
                  PriorityChanged[instance=a, role=BACKUP, from=100, to=255]
                1000.001ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER OWNER 255
                next 2000.001ms
                """);
    }

    /// What it had on its interface was its own, and is the master's from now on.
    @Test
    void anOwnerNoMoreKeepsNoAddressAsBackup() {
        Story story = new Story(Specs.v2(255).spec());
        story.at(0, Story.up("eth0", "192.0.2.7", "192.0.2.100")).skip();
        story.at(0, new Respecified(Specs.node(FIRST)));

        story.reads(
                """
                0ms Respecified
                  PriorityChanged[instance=a, role=BACKUP, from=255, to=100]
                  release a 192.0.2.100/32
                next 605.469ms
                """);
    }

    @Test
    void anAddedRouterStartsAndARemovedOneResigns() {
        Story story = master(FIRST);
        story.at(4_100, new Respecified(Specs.node(SECOND)));

        story.reads(
                """
                4100ms Respecified
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a 192.0.2.100/32
                  a MASTER -> DELETED RESPECIFIED 100
                  release b 192.0.2.102/32
                  b INIT -> BACKUP STARTED 100
                next 7709.375ms
                """);
    }

    @Test
    void newTrackingCountsAtOnce() {
        Story story = master(FIRST);
        story.at(4_000, Story.down("eth1")).skip();
        Tracking.Item item = new Tracking.Item("eth1", new Weight(-30, false));
        VrrpSpec next = Specs.v2(100).with(new Tracking(true, List.of(item), List.of())).spec();
        story.at(4_100, new Respecified(Specs.node(next)));

        story.reads(
                """
                4100ms Respecified
                  PriorityChanged[instance=a, role=MASTER, from=100, to=70]
                next 4609.375ms
                """);
    }
}
