package holdfast.vrrp;

import org.junit.jupiter.api.Test;

/// Who becomes master, and when (VRRP specification, sections 2 and 3).
class ElectionStoryTest {

    private static final VrrpSpec HUNDRED = Specs.v2(100).spec();

    @Test
    void aloneRouterBecomesMasterAfterThreeIntervalsAndTheSkew() {
        Story story = new Story(HUNDRED);
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.until(3_700);

        story.reads(
                """
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                next 4609.375ms
                """);
    }
}
