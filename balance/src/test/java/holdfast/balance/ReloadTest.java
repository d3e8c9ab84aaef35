package holdfast.balance;

import static holdfast.balance.Specs.SORRY;
import static holdfast.balance.Specs.address;
import static holdfast.balance.Specs.alpha;
import static holdfast.balance.Specs.inhibited;
import static holdfast.balance.Specs.keyed;
import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.quorum;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.scheduled;
import static holdfast.balance.Specs.script;
import static holdfast.balance.Specs.sorry;
import static holdfast.balance.Specs.tcp;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEvent.Respecified;
import holdfast.probe.Outcome;
import org.junit.jupiter.api.Test;

/// New orders: what is the same is not touched.
class ReloadTest {

    private static Respecified reload(VirtualServerSpec... services) {
        return new Respecified(node(services));
    }

    @Test
    void equalOrdersHaveNoEffects() {
        Story story = Story.started(node(web(real(1, 1, tcp())))).due().quietly();
        story.on(reload(web(real(1, 1, tcp()))));
        story.reads("");
        story.passes(1).reads("1s check 10.0.0.1 up (first)");
        assertEquals("11s", story.deadline());
    }

    @Test
    void newServersComeAndOldOnesGo() {
        Story story = Story.started(node(web(real(1, 1, tcp()), real(2, 1)))).due().quietly();
        story.on(reload(web(real(2, 1), real(3, 1, tcp()), real(4, 1, alpha()))));
        story.reads(
                """
                1s abandon 10.0.0.1
                1s add 10.0.0.3 weight 1
                1s remove 10.0.0.1
                1s server 10.0.0.1 down
                1s server 10.0.0.1 removed
                """);
        assertEquals("2s", story.deadline());
    }

    @Test
    void whatWasLearnedIsKept() {
        Story story = Story.started(node(web(real(1, 1, tcp(1)), real(2, 1))));
        story.due().fails(1).quietly().on(reload(web(real(1, 7, tcp(5)), real(2, 1))));
        story.reads("");
        story.due().passes(1);
        story.reads(
                """
                2s probe 10.0.0.1
                2s check 10.0.0.1 up
                2s add 10.0.0.1 weight 7
                2s server 10.0.0.1 up
                """);
    }

    @Test
    void aRetryCountAboveTheNewLimitMakesTheNextFailureDecisive() {
        Story story = Story.started(node(web(real(1, 1, tcp(5))))).due().passes(1);
        story.due().fails(1).due().fails(1).quietly();
        story.on(reload(web(real(1, 1, tcp(1))))).due().fails(1);
        story.reads(
                """
                14s probe 10.0.0.1
                14s check 10.0.0.1 down: refused
                14s remove 10.0.0.1
                14s server 10.0.0.1 down
                14s quorum down, 0 of 1
                """);
    }

    @Test
    void aServerRisesWhenItsFailedCheckerIsDropped() {
        Story story = Story.started(node(web(real(1, 1, tcp(), script("x")), real(2, 1))));
        story.due().fails(1).quietly().on(reload(web(real(1, 1, script("x")), real(2, 1))));
        story.reads(
                """
                1s abandon 10.0.0.1/1
                1s add 10.0.0.1 weight 1
                1s server 10.0.0.1 up
                """);
    }

    @Test
    void aNewAlphaCheckerDoesNotPullDownAServerThatWorks() {
        Story story = Story.started(node(web(real(1, 1, tcp())))).quietly();
        story.on(reload(web(real(1, 1, tcp(), alpha())))).reads("");
    }

    @Test
    void aDynamicWeightIsKept() {
        Story story = Story.started(node(web(real(1, 4, script("load")))));
        story.due().answers(1, 0, new Outcome.Passed(9)).quietly();
        story.on(reload(web(inhibited(1, 5, script("load"))))).reads("");
        assertEquals(9, story.node().status().getFirst().servers().getFirst().weight());
    }

    @Test
    void attributesAreEditedInPlace() {
        Story story = Story.started(node(web(real(1, 1)))).quietly();
        story.on(reload(scheduled(web(real(1, 2)), "rr")));
        story.reads(
                """
                0s edit [192.0.2.80]:tcp:80 rr
                0s edit 10.0.0.1 weight 2
                """);
    }

    @Test
    void aSorryServerThatGoesGivesTheServiceBack() {
        var pool = quorum(web(real(1, 1), real(2, 1, alpha())), 2, 0);
        Story story = Story.started(node(sorry(pool, SORRY, false))).quietly();
        story.on(reload(pool));
        story.reads(
                """
                0s add 10.0.0.1 weight 1
                0s remove 10.0.0.99
                """);
    }

    @Test
    void servicesComeAndGo() {
        var other = keyed(web(real(5, 1, tcp())), address("192.0.2.81"));
        Story story = Story.started(node(web(real(1, 1, tcp())))).quietly();
        story.on(reload(other));
        story.reads(
                """
                0s add [192.0.2.81]:tcp:80
                0s add 10.0.0.5 weight 1
                0s quorum up, 1 of 1
                0s remove 10.0.0.1
                0s remove [192.0.2.80]:tcp:80
                0s server 10.0.0.1 down
                0s server 10.0.0.1 removed
                0s quorum down, 0 of 1
                """);
        assertEquals("1s", story.deadline());
    }

    @Test
    void ordersBeforeTheStartAreSimplyTheOrders() {
        Story story = new Story(node(web(real(1, 1))));
        story.on(reload(web(real(2, 1)))).reads("");
        story.on(new BalanceEvent.Started());
        story.reads(
                """
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.2 weight 1
                0s quorum up, 1 of 1
                """);
    }

    @Test
    void ofTwoEqualServersTheFirstCounts() {
        Story story = Story.started(node(web(real(1, 1), real(1, 2)), web(real(3, 3))));
        story.reads(
                """
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.1 weight 1
                0s quorum up, 1 of 1
                """);
    }
}
