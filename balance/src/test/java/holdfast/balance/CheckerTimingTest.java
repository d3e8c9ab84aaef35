package holdfast.balance;

import static holdfast.balance.Specs.http;
import static holdfast.balance.Specs.loggingAll;
import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.script;
import static holdfast.balance.Specs.tcp;
import static holdfast.balance.Specs.warming;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEvent.DeadlineReached;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.BalanceEvent.Started;
import holdfast.probe.Outcome;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When checkers ask, and how often they bear a failure.
class CheckerTimingTest {

    private static Story story(CheckerSpec checker) {
        return Story.started(node(web(real(1, 1, checker), real(2, 1)))).quietly();
    }

    @Test
    void beforeTheFirstSuccessOneFailureIsEnough() {
        Story story = story(tcp(3)).due().fails(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 down: refused (first)
                1s remove 10.0.0.1
                1s server 10.0.0.1 down
                """);
        assertEquals("11s", story.deadline());
    }

    @Test
    void onceUpAFailureIsRetriedSooner() {
        Story story = story(loggingAll(tcp(2))).due().passes(1).quietly();
        story.due().fails(1).due().fails(1).due().fails(1).due();
        story.reads(
                """
                11s probe 10.0.0.1
                11s check 10.0.0.1 failed: refused (1)
                13s probe 10.0.0.1
                13s check 10.0.0.1 failed: refused (2)
                15s probe 10.0.0.1
                15s check 10.0.0.1 down: refused
                15s remove 10.0.0.1
                15s server 10.0.0.1 down
                25s probe 10.0.0.1
                """);
    }

    @Test
    void aSuccessInBetweenForgivesTheFailures() {
        Story story = story(tcp(1)).due().passes(1).due().fails(1).due().passes(1);
        story.due().fails(1).quietly();
        assertEquals("25s", story.deadline());
        assertEquals(true, story.node().status().getFirst().servers().getFirst().alive());
    }

    @Test
    void aCheckThatCouldNotBeMadeCountsNeitherWay() {
        Story story = story(tcp(1)).due().passes(1).due().fails(1).quietly();
        story.due().answers(1, 0, new Outcome.NotMade("no sockets")).reads("13s probe 10.0.0.1");
        assertEquals("23s", story.deadline());
        story.due().fails(1);
        assertEquals(false, story.node().status().getFirst().servers().getFirst().alive());
    }

    @Test
    void programsStartAtASteadyPace() {
        Story story = story(script("slow")).due().at(5).passes(1);
        assertEquals("11s", story.deadline());
        story.due().at(40).passes(1);
        assertEquals("40s", story.deadline());
    }

    @Test
    void theUrlsAreAskedInTurn() {
        Story story = story(http(3, false));
        story.due().passes(1).due().passes(1).due().passes(1).due();
        story.reads(
                """
                1s probe 10.0.0.1
                11s probe 10.0.0.1 step 1
                21s probe 10.0.0.1 step 2
                21s check 10.0.0.1 up (first)
                31s probe 10.0.0.1
                """);
    }

    @Test
    void aBrokenUrlIsRememberedAndThenAllAreAsked() {
        Story story = story(http(3, false)).due().passes(1).quietly();
        story.due().fails(1).due().fails(1).due().fails(1).due().passes(1);
        story.due().passes(1).due().passes(1).due().passes(1);
        story.reads(
                """
                11s probe 10.0.0.1 step 1
                13s probe 10.0.0.1 step 1
                13s check 10.0.0.1 down: refused
                13s remove 10.0.0.1
                13s server 10.0.0.1 down
                23s probe 10.0.0.1 step 1
                33s probe 10.0.0.1 step 1
                43s probe 10.0.0.1
                53s probe 10.0.0.1 step 1
                63s probe 10.0.0.1 step 2
                63s check 10.0.0.1 up
                63s add 10.0.0.1 weight 1
                63s server 10.0.0.1 up
                """);
    }

    @Test
    void theOnlyUrlNeedNotBeAskedTwice() {
        Story story = story(http(1, false)).due().fails(1).quietly().due().passes(1);
        story.reads(
                """
                11s probe 10.0.0.1
                11s check 10.0.0.1 up
                11s add 10.0.0.1 weight 1
                11s server 10.0.0.1 up
                """);
    }

    @Test
    void fastRecoveryDoesNotWaitBetweenUrls() {
        Story story = story(http(2, true)).due().passes(1).due().passes(1);
        assertEquals("11s", story.deadline());
        story.due().passes(1);
        assertEquals("21s", story.deadline());
        story.due().fails(1).due().fails(1).quietly();
        story.due().passes(1).due().passes(1).due().passes(1);
        story.reads(
                """
                33s probe 10.0.0.1 step 1
                33s probe 10.0.0.1
                33s probe 10.0.0.1 step 1
                33s check 10.0.0.1 up
                33s add 10.0.0.1 weight 1
                33s server 10.0.0.1 up
                """);
    }

    @Test
    void lateAndDoubleAnswersAreIgnored() {
        BalanceNode node = new BalanceNode(node(web(real(1, 1, tcp()))), 1);
        CheckerId id = new CheckerId(Specs.WEB, Specs.server(1), 0);
        MonoTime second = new MonoTime(1_000_000_000);
        node.on(new MonoTime(0), new Started());
        node.on(second, new DeadlineReached());
        var wrong = new ProbeFinished(id, 2, new Outcome.Failed("late"));
        assertEquals(0, node.on(second, wrong).size());
        assertEquals(MonoTime.NEVER, node.deadline());
        var right = new ProbeFinished(id, 1, Outcome.Passed.PLAIN);
        assertEquals(1, node.on(second, right).size());
        assertEquals(0, node.on(second, right).size());
        assertEquals(0, node.on(second, new DeadlineReached()).size(), "nothing is due");
    }

    @Test
    void theFirstChecksSpreadOverTheWarmup() {
        var service = new RealServerSpec[100];
        for (int i = 0; i < service.length; i++) {
            service[i] = real(i + 1, 1, warming(tcp(), Duration.ofSeconds(10)));
        }
        Set<Long> seconds = new HashSet<>();
        Story story = Story.started(node(web(service)));
        for (int i = 0; i < service.length; i++) {
            long nanos = story.node().deadline().nanos();
            assertTrue(nanos >= 1_000_000_000L && nanos < 11_000_000_000L, "at " + nanos);
            seconds.add(nanos / 1_000_000_000);
            story.due();
        }
        assertEquals(10, seconds.size(), "a second without any check");
    }
}
