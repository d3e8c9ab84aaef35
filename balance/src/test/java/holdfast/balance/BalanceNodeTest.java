package holdfast.balance;

import static holdfast.balance.Specs.SORRY;
import static holdfast.balance.Specs.WEB;
import static holdfast.balance.Specs.alpha;
import static holdfast.balance.Specs.inhibited;
import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.omega;
import static holdfast.balance.Specs.quorum;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.script;
import static holdfast.balance.Specs.sorry;
import static holdfast.balance.Specs.suspending;
import static holdfast.balance.Specs.tcp;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEvent.AddressPresent;
import holdfast.balance.BalanceEvent.PlaneLost;
import holdfast.balance.BalanceEvent.StopRequested;
import holdfast.probe.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Servers fall and rise, and the plane follows.
class BalanceNodeTest {

    @Test
    void atTheStartEveryServerIsTrusted() {
        Story story = Story.started(node(web(real(1, 1, tcp()), real(2, 3))));
        story.reads(
                """
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.1 weight 1
                0s add 10.0.0.2 weight 3
                0s quorum up, 4 of 1
                """);
        assertEquals("1s", story.deadline());
    }

    @Test
    void atTheStartScriptsHearOfServersIfAsked() {
        var spec = new BalanceSpec(List.of(web(real(1, 1), real(2, 1, alpha()))), true, false);
        Story.started(spec)
                .reads(
                        """
                        0s add [192.0.2.80]:tcp:80
                        0s add 10.0.0.1 weight 1
                        0s server 10.0.0.1 up
                        0s quorum up, 1 of 1
                        """);
    }

    @Test
    void anAlphaServerMustProveItself() {
        Story story = Story.started(node(web(real(1, 1, alpha()))));
        story.reads("0s add [192.0.2.80]:tcp:80");
        story.due().passes(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 up (first)
                1s add 10.0.0.1 weight 1
                1s server 10.0.0.1 up
                1s quorum up, 1 of 1
                """);
    }

    @Test
    void theFirstFailureOfAnAlphaServerIsToldOnce() {
        Story story = Story.started(node(web(real(1, 1, alpha())))).quietly();
        story.due().fails(1).due().fails(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 down: refused (first)
                1s server 10.0.0.1 down
                11s probe 10.0.0.1
                """);
    }

    @Test
    void theSorryServerServesWhenTheLastServerFalls() {
        Story story = Story.started(node(sorry(web(real(1, 1, tcp())), SORRY, false))).quietly();
        story.due().fails(1).due().passes(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 down: refused (first)
                1s add 10.0.0.99 weight 1
                1s remove 10.0.0.1
                1s server 10.0.0.1 down
                1s quorum down, 0 of 1
                11s probe 10.0.0.1
                11s check 10.0.0.1 up
                11s add 10.0.0.1 weight 1
                11s remove 10.0.0.99
                11s server 10.0.0.1 up
                11s quorum up, 1 of 1
                """);
    }

    @Test
    void theSorryServerStartsWhenNobodyElseCan() {
        Story.started(node(sorry(web(real(1, 1, alpha())), SORRY, false)))
                .reads(
                        """
                        0s add [192.0.2.80]:tcp:80
                        0s add 10.0.0.99 weight 1
                        0s quorum down, 0 of 1
                        """);
    }

    @Test
    void inhibitedServersStayWithoutWeight() {
        var service = sorry(web(inhibited(1, 5, tcp()), inhibited(2, 5)), SORRY, true);
        Story story = Story.started(node(quorum(service, 10, 0)));
        story.reads(
                """
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.1 weight 5
                0s add 10.0.0.2 weight 5
                0s add 10.0.0.99 weight 0
                0s quorum up, 10 of 10
                """);
        story.due().fails(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 down: refused (first)
                1s edit 10.0.0.99 weight 1
                1s edit 10.0.0.1 weight 0
                1s edit 10.0.0.2 weight 0
                1s server 10.0.0.1 down
                1s quorum down, 5 of 10
                """);
    }

    @Test
    void withoutASorryServerTheRestServesOn() {
        Story story = Story.started(node(quorum(web(real(1, 1, tcp()), real(2, 1)), 2, 0)));
        story.quietly().due().fails(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 down: refused (first)
                1s remove 10.0.0.1
                1s server 10.0.0.1 down
                1s quorum down, 1 of 2
                """);
    }

    @Test
    void hysteresisMakesQuorumHardToGainAndHardToLose() {
        var service = web(real(1, 1, tcp()), real(2, 1, tcp()), real(3, 1, tcp()));
        Story story = Story.started(node(quorum(service, 2, 1))).quietly();
        story.due().fails(1).fails(2);
        assertEquals(true, story.node().status().getFirst().quorumUp());
        story.quietly().fails(3).quietly().due().passes(1).passes(2);
        assertEquals(false, story.node().status().getFirst().quorumUp());
        story.quietly().passes(3);
        story.reads(
                """
                11s check 10.0.0.3 up
                11s add 10.0.0.3 weight 1
                11s server 10.0.0.3 up
                11s quorum up, 3 of 3
                """);
    }

    @Test
    void aPoolWithoutWeightIsNotWhole() {
        var service = sorry(web(real(1, 0, tcp())), SORRY, false);
        Story story = Story.started(node(quorum(service, 0, 0)));
        story.reads(
                """
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.99 weight 1
                0s quorum down, 0 of 0
                """);
        story.due().passes(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 up (first)
                """);
    }

    @Test
    void aProgramSetsTheWeight() {
        Story story = Story.started(node(web(real(1, 4, script("load")), real(2, 1))));
        story.quietly().due().answers(1, 0, new Outcome.Passed(9));
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 up (first)
                1s edit 10.0.0.1 weight 9
                1s weight 10.0.0.1 from 4 to 9
                """);
        story.due().answers(1, 0, Outcome.Passed.PLAIN);
        story.reads(
                """
                11s probe 10.0.0.1
                11s edit 10.0.0.1 weight 4
                11s weight 10.0.0.1 from 9 to 4
                """);
    }

    @Test
    void aServerIsUpWhenTheLastOfItsCheckersIs() {
        Story story = Story.started(node(web(real(1, 1, tcp(), script("x")))));
        story.due().fails(1).answers(1, 1, new Outcome.Failed("exit status 1")).quietly();
        story.due().passes(1).answers(1, 1, Outcome.Passed.PLAIN);
        story.reads(
                """
                11s probe 10.0.0.1
                11s probe 10.0.0.1/1
                11s check 10.0.0.1 up
                11s check 10.0.0.1/1 up
                11s add 10.0.0.1 weight 1
                11s server 10.0.0.1 up
                11s quorum up, 1 of 1
                """);
    }

    @Test
    void theSorryServerMayBeOneOfTheServers() {
        var service = sorry(web(real(1, 5, tcp()), real(2, 5, tcp())), Specs.server(1), false);
        Story story = Story.started(node(quorum(service, 10, 0))).quietly();
        story.due().fails(2);
        story.reads(
                """
                1s probe 10.0.0.1
                1s probe 10.0.0.2
                1s check 10.0.0.2 down: refused (first)
                1s edit 10.0.0.1 weight 1
                1s remove 10.0.0.2
                1s server 10.0.0.2 down
                1s quorum down, 5 of 10
                """);
        story.fails(1);
        story.reads(
                """
                1s check 10.0.0.1 down: refused (first)
                1s server 10.0.0.1 down
                """);
    }

    @Test
    void whileTheAddressIsElsewhereNothingIsChecked() {
        Story story = Story.started(node(suspending(web(real(1, 1, tcp())))));
        assertEquals("never", story.deadline());
        story.quietly().at(5).on(new AddressPresent(WEB.endpoint().address(), true));
        assertEquals("6s", story.deadline());
        story.due().on(new AddressPresent(WEB.endpoint().address(), false)).passes(1);
        assertEquals("never", story.deadline());
        story.reads(
                """
                6s probe 10.0.0.1
                6s abandon 10.0.0.1
                """);
    }

    @Test
    void serversOfAMarkAreAlwaysChecked() {
        var mark = new ServiceKey.Mark(7, WEB.family());
        var service = Specs.keyed(suspending(web(real(1, 1, tcp()))), mark);
        assertEquals("1s", Story.started(node(service)).deadline());
    }

    @Test
    void aLostPlaneIsToldEverythingAgain() {
        Story story = Story.started(node(web(real(1, 1, tcp()), real(2, 1, tcp()))));
        story.due().fails(1).quietly().on(new PlaneLost(WEB));
        story.reads(
                """
                1s add [192.0.2.80]:tcp:80
                1s add 10.0.0.2 weight 1
                """);
    }

    @Test
    void stoppingTakesAllAway() {
        var service = sorry(web(inhibited(1, 1, tcp()), real(2, 1)), SORRY, true);
        Story story = Story.started(node(service)).due().quietly();
        story.on(new StopRequested()).on(new StopRequested());
        story.reads(
                """
                1s abandon 10.0.0.1
                1s remove 10.0.0.99
                1s remove 10.0.0.1
                1s remove 10.0.0.2
                1s remove [192.0.2.80]:tcp:80
                """);
        assertEquals("never", story.deadline());
    }

    @Test
    void whoNeverStartedLeavesNothingBehind() {
        Story story = new Story(node(web(real(1, 1, tcp()))));
        story.on(new PlaneLost(WEB)).on(new StopRequested()).on(new BalanceEvent.Started());
        story.reads("");
        assertEquals("never", story.deadline());
    }

    @Test
    void omegaTellsOfTheStop() {
        Story story = Story.started(node(omega(web(real(1, 1))))).quietly();
        story.on(new StopRequested());
        story.reads(
                """
                0s remove 10.0.0.1
                0s remove [192.0.2.80]:tcp:80
                0s server 10.0.0.1 down
                0s quorum down, 0 of 1
                """);
    }
}
