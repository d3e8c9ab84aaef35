package holdfast.balance;

import static holdfast.balance.Specs.SORRY;
import static holdfast.balance.Specs.alpha;
import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.sorry;
import static holdfast.balance.Specs.tcp;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEvent.DeadlineReached;
import holdfast.balance.BalanceEvent.Respecified;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `slow_start` and `panic_threshold`.
class CautionTest {

    private static Caution slow(int seconds) {
        return new Caution(Duration.ofSeconds(seconds), 0);
    }

    private static Caution panicBelow(int percent) {
        return new Caution(Duration.ZERO, percent);
    }

    /// A server that has failed, and passes its next check at 12 s.
    private static Story back(Caution caution, int weight) {
        Story story = Story.started(node(web(real(1, weight, tcp(0)), real(2, 100)).with(caution)));
        story.due().fails(1).due().quietly();
        return story.at(12).passes(1);
    }

    @Test
    void aServerThatComesBackGetsItsWeightInTwentySteps() {
        Story story = back(slow(40), 100);
        story.reads(
                """
                12s check 10.0.0.1 up
                12s add 10.0.0.1 weight 1
                12s server 10.0.0.1 up
                """);
        assertEquals("14s", story.deadline());
        story.due().reads("14s edit 10.0.0.1 weight 5");
        story.due().reads("16s edit 10.0.0.1 weight 10");
        story.at(50).on(new DeadlineReached()).quietly();
        story.at(52).on(new DeadlineReached()).reads("52s edit 10.0.0.1 weight 100");
    }

    @Test
    void stepsThatCameLateAreTakenAtOnce() {
        Story story = back(slow(10), 100).quietly();
        story.at(17).on(new DeadlineReached()).reads("17s edit 10.0.0.1 weight 50");
        story.at(1000).on(new DeadlineReached());
        story.reads("1000s probe 10.0.0.1\n1000s edit 10.0.0.1 weight 100");
    }

    @Test
    void theQuorumCountsTheWholeWeight() {
        assertEquals(200, back(slow(10), 100).node().status().getFirst().liveWeight());
    }

    @Test
    void whoFallsOnTheWayBeginsAnew() {
        Story story = back(slow(40), 100);
        story.at(20).on(new DeadlineReached()).quietly();
        story.at(22).on(new DeadlineReached()).fails(1).quietly();
        story.at(32).on(new DeadlineReached()).passes(1);
        assertEquals(1, story.node().status().getFirst().destinations().getLast().weight());
    }

    @Test
    void nobodyIsSlowAtTheStart() {
        Story story = Story.started(node(web(real(1, 100, alpha())).with(slow(40))));
        story.due().quietly().passes(1);
        story.reads(
                """
                1s check 10.0.0.1 up (first)
                1s add 10.0.0.1 weight 100
                1s server 10.0.0.1 up
                1s quorum up, 100 of 1
                """);
    }

    @Test
    void aReloadLeavesASlowStartAlone() {
        Story story = back(slow(40), 100);
        story.at(20).on(new DeadlineReached()).quietly();
        VirtualServerSpec next = web(real(1, 100, tcp(0)), real(2, 100), real(3, 1)).with(slow(40));
        story.on(new Respecified(node(next))).reads("20s add 10.0.0.3 weight 1");
        story.at(22).on(new DeadlineReached()).quietly();
        story.at(24).on(new DeadlineReached()).reads("24s edit 10.0.0.1 weight 30");
    }

    @Test
    void aReloadWithoutSlowStartEndsIt() {
        Story story = back(slow(40), 100).quietly();
        VirtualServerSpec next = web(real(1, 100, tcp(0)), real(2, 100));
        story.on(new Respecified(node(next))).reads("12s edit 10.0.0.1 weight 100");
        story.at(14).on(new DeadlineReached()).reads("");
    }

    private static RealServerSpec[] ten() {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(number -> real(number, 1, tcp(0)))
                .toArray(RealServerSpec[]::new);
    }

    @Test
    void belowThePanicThresholdThoseWhoWereGoodLastAreKept() {
        Story story = Story.started(node(web(ten()).with(panicBelow(70))));
        story.due().fails(1).fails(2).fails(3).quietly();
        story.fails(4)
                .reads(
                        """
                        1s check 10.0.0.4 down: refused (first)
                        1s panic begins, 6 of 10
                        1s server 10.0.0.4 down
                        """);
        story.fails(5).fails(6).fails(7).fails(8).fails(9).fails(10).quietly();
        assertEquals(7, story.node().status().getFirst().destinations().size());
        // One who was down before and comes back is good, too.
        story.at(12).on(new DeadlineReached()).quietly().passes(1);
        story.reads(
                """
                12s check 10.0.0.1 up
                12s add 10.0.0.1 weight 1
                12s server 10.0.0.1 up
                12s quorum up, 1 of 1
                """);
        for (int number = 2; number < 7; number++) {
            story.passes(number);
        }
        story.quietly().passes(7);
        story.reads(
                """
                12s check 10.0.0.7 up
                12s remove 10.0.0.8
                12s remove 10.0.0.9
                12s remove 10.0.0.10
                12s panic ends, 7 of 10
                12s server 10.0.0.7 up
                """);
    }

    @Test
    void theSorryServerComesBeforePanic() {
        VirtualServerSpec spec =
                sorry(web(real(1, 1, tcp(0)), real(2, 1, tcp(0))), SORRY, false)
                        .with(panicBelow(60));
        Story story = Story.started(node(spec));
        story.due().fails(1).quietly();
        assertEquals(2, story.node().status().getFirst().destinations().size());
        story.fails(2);
        assertEquals(SORRY, story.node().status().getFirst().destinations().getFirst().endpoint());
        assertEquals(1, story.node().status().getFirst().destinations().size());
    }
}
