package holdfast.vrrp;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A master that does not accept packets to its addresses.
class AcceptStoryTest {

    private static final VrrpSpec ACCEPTS = Specs.v2(100).spec();
    private static final VrrpSpec REFUSES = Specs.v2(100).with(false).spec();

    private static Story master(VrrpSpec spec) {
        return new Story(spec).at(0, Story.up("eth0", "192.0.2.7")).until(4_000).skip();
    }

    // Conforms: 9568-master-accept, 3768-master-accept
    @Test
    void packetsAreBlockedBeforeTheAddressesComeAndUntilTheyAreGone() {
        Story story = new Story(REFUSES);
        story.at(0, Story.up("eth0", "192.0.2.7")).skip();
        story.at(4_000, Story.advert(REFUSES, 150, "192.0.2.2"));

        story.reads(
                """
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  block a 192.0.2.100/32
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                4000ms PacketReceived from 192.0.2.2 prio 150
                  release a 192.0.2.100/32
                  unblock a 192.0.2.100/32
                  a MASTER -> BACKUP OUTRANKED 100
                next 7609.375ms
                """);
    }

    // Conforms: 9568-master-accept, 3768-master-accept
    @Test
    void anOwnerAcceptsWhateverItIsTold() {
        Story story = new Story(Specs.v2(255).with(false).spec());
        story.at(0, Story.up("eth0", "192.0.2.7")).until(1).at(2, new VrrpEvent.StopRequested());

        story.reads(
                """
                0ms eth0 is up
                  a INIT -> BACKUP STARTED 255
                0.001ms DeadlineReached
                  send a prio 255 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER OWNER 255
                2ms StopRequested[]
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a 192.0.2.100/32
                  a MASTER -> STOP STOPPED 255
                next never
                """);
    }

    @Test
    void aReloadBlocksOrFreesWhatIsThere() {
        Story story = master(ACCEPTS);
        story.at(4_100, new VrrpEvent.Respecified(Specs.node(REFUSES)));
        story.at(4_200, new VrrpEvent.Respecified(Specs.node(ACCEPTS)));

        story.reads(
                """
                4100ms Respecified
                  block a 192.0.2.100/32
                4200ms Respecified
                  unblock a 192.0.2.100/32
                next 4609.375ms
                """);
    }

    @Test
    void aReloadThatExchangesAddressesBlocksTheNewAndFreesTheOld() {
        Story story = master(REFUSES);
        VrrpSpec other =
                Specs.v2(100)
                        .with(List.of(Specs.address("192.0.2.100"), Specs.address("192.0.2.101")))
                        .with(false)
                        .spec();
        story.at(4_100, new VrrpEvent.Respecified(Specs.node(other)));
        story.at(4_200, new VrrpEvent.Respecified(Specs.node(REFUSES)));

        story.reads(
                """
                4100ms Respecified
                  block a 192.0.2.101/32
                  claim a 192.0.2.101/32
                  announce a 192.0.2.101/32
                4200ms Respecified
                  release a 192.0.2.101/32
                  unblock a 192.0.2.101/32
                next 4609.375ms
                """);
    }
}
