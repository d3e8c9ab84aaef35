package holdfast.balance;

import static holdfast.balance.Specs.address;
import static holdfast.balance.Specs.grouped;
import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.tcp;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEvent.Respecified;
import holdfast.balance.BalanceEvent.StopRequested;
import holdfast.net.Family;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Virtual servers of a group: one pool under several services, and several under one.
class GroupTest {

    private static final ServiceKey.Single FIRST = address("192.0.2.1");
    private static final ServiceKey.Single SECOND = address("192.0.2.2");
    private static final ServiceKey.Single MARK = new ServiceKey.Mark(7, Family.INET);

    @Test
    void aServerIsCheckedOnceAndStandsUnderEachMember() {
        Story story = Story.started(node(grouped(web(real(1, 1, tcp())), 0, FIRST, MARK)));
        story.reads(
                """
                0s add [192.0.2.1]:tcp:80
                0s add FWM 7
                0s add 10.0.0.1 weight 1
                0s add 10.0.0.1 weight 1
                0s quorum up, 1 of 1
                """);
        story.due();
        story.reads("1s probe 10.0.0.1");
        story.on(new StopRequested());
        story.reads(
                """
                1s abandon 10.0.0.1
                1s remove 10.0.0.1
                1s remove [192.0.2.1]:tcp:80
                1s remove 10.0.0.1
                1s remove FWM 7
                """);
    }

    @Test
    void theFirstVirtualServerMakesASharedMemberAndTheLastTakesItAway() {
        VirtualServerSpec one = grouped(web(real(1, 1)), 0, FIRST, MARK);
        VirtualServerSpec other = grouped(web(real(1, 1), real(2, 1)), 1, SECOND, MARK);
        Story story = Story.started(node(one, other));
        story.reads(
                """
                0s add [192.0.2.1]:tcp:80
                0s add FWM 7
                0s add 10.0.0.1 weight 1
                0s add 10.0.0.1 weight 1
                0s quorum up, 1 of 1
                0s add [192.0.2.2]:tcp:80
                0s add 10.0.0.1 weight 1
                0s add 10.0.0.2 weight 1
                0s add 10.0.0.2 weight 1
                0s quorum up, 2 of 1
                """);
        story.on(new Respecified(node(other)));
        assertEquals(Set.of(SECOND, MARK), story.plane().services());
        assertEquals(2, story.plane().destinations(MARK).size());
        story.on(new StopRequested());
        assertEquals(Set.of(), story.plane().services());
    }

    @Test
    void membersComeAndGoAndTheOthersStayAsTheyAre() {
        VirtualServerSpec pool = web(real(1, 1));
        Story story = Story.started(node(grouped(pool, 0, FIRST, MARK))).quietly();
        story.on(new Respecified(node(grouped(pool, 0, SECOND, MARK))));
        story.reads(
                """
                0s add [192.0.2.2]:tcp:80
                0s add 10.0.0.1 weight 1
                0s remove 10.0.0.1
                0s remove [192.0.2.1]:tcp:80
                """);
    }
}
