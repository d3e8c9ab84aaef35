package holdfast.balance;

import static holdfast.balance.Specs.address;
import static holdfast.balance.Specs.aimed;
import static holdfast.balance.Specs.http;
import static holdfast.balance.Specs.keyed;
import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.sharing;
import static holdfast.balance.Specs.suspending;
import static holdfast.balance.Specs.tcp;
import static holdfast.balance.Specs.warming;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEvent.AddressPresent;
import holdfast.balance.BalanceEvent.DeadlineReached;
import holdfast.balance.BalanceEvent.Respecified;
import holdfast.balance.BalanceEvent.StopRequested;
import holdfast.net.Endpoint;
import holdfast.probe.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Checkers that would ask the same at the same pace ask together, and conclude for themselves.
class SharedProbesTest {

    private static final Outcome FAILED = new Outcome.Failed("refused");

    private static VirtualServerSpec other(RealServerSpec... servers) {
        return keyed(web(servers), address("192.0.2.81"));
    }

    private static Story two(CheckerSpec one, CheckerSpec two) {
        return Story.started(sharing(web(real(1, 1, one)), other(real(1, 1, two)))).quietly();
    }

    @Test
    void oneProbeAnswersBoth() {
        Story story = two(aimed(1), aimed(1));
        story.due().fails(1);
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 down: refused (first)
                1s remove 10.0.0.1
                1s server 10.0.0.1 down
                1s quorum down, 0 of 1
                1s check 10.0.0.1 down: refused (first)
                1s remove 10.0.0.1
                1s server 10.0.0.1 down
                1s quorum down, 0 of 1
                """);
        story.due().passes(1);
        story.reads(
                """
                11s probe 10.0.0.1
                11s check 10.0.0.1 up
                11s add 10.0.0.1 weight 1
                11s server 10.0.0.1 up
                11s quorum up, 1 of 1
                11s check 10.0.0.1 up
                11s add 10.0.0.1 weight 1
                11s server 10.0.0.1 up
                11s quorum up, 1 of 1
                """);
        assertEquals("21s", story.deadline());
    }

    @Test
    void theFirstToAskTakesTheOthersAlong() {
        CheckerSpec warm = warming(aimed(1), Duration.ofSeconds(8));
        Story story = two(warm, warm);
        story.due().quietly();
        assertEquals("never", story.deadline(), "nobody asks while an answer is waited for");
    }

    @Test
    void otherTargetsPacesAndQuestionsAreOtherProbes() {
        assertEquals(2, probes(two(aimed(1), aimed(2))));
        assertEquals(2, probes(two(tcp(1), tcp(2))));
        assertEquals(2, probes(two(http(1, false), http(2, false))));
        assertEquals(1, probes(two(Specs.loggingAll(tcp()), tcp())), "what is logged is no matter");
        Story alone = Story.started(node(web(real(1, 1, tcp())), other(real(1, 1, tcp()))));
        assertEquals(2, probes(alone), "unless it is switched off");
    }

    private static int probes(Story story) {
        story.due();
        return (int) story.lines().stream().filter(line -> line.startsWith("1s probe")).count();
    }

    @Test
    void eachBearsFailuresByItself() {
        Story story = Story.started(sharing(web(real(1, 1, aimed(1))))).due().passes(1);
        story.at(2)
                .on(
                        new Respecified(
                                sharing(web(real(1, 1, aimed(1))), other(real(1, 1, aimed(1))))));
        story.quietly();
        assertEquals("3s", story.deadline());
        story.due().answers(new CheckerId(address("192.0.2.81"), Specs.server(1), 0), FAILED);
        story.reads(
                """
                3s probe 10.0.0.1
                3s check 10.0.0.1 down: refused (first)
                3s remove 10.0.0.1
                3s server 10.0.0.1 down
                3s quorum down, 0 of 1
                """);
        assertEquals("5s", story.deadline(), "the first one retries");
    }

    @Test
    void whoComesWhileItIsAskedWaitsForTheSameAnswer() {
        Story story = Story.started(sharing(web(real(1, 1, aimed(1))))).due();
        story.on(new Respecified(sharing(web(real(1, 1, aimed(1))), other(real(1, 1, aimed(1))))));
        story.quietly().at(3).on(new DeadlineReached());
        story.reads("");
        story.passes(1);
        story.reads(
                """
                3s check 10.0.0.1 up (first)
                3s check 10.0.0.1 up (first)
                """);
    }

    @Test
    void aProbeLastsAsLongAsAnybodyWaits() {
        Endpoint service = address("192.0.2.81").endpoint();
        var both = sharing(web(real(1, 1, aimed(1))), suspending(other(real(1, 1, aimed(1)))));
        Story story = Story.started(both).on(new AddressPresent(service.address(), true)).due();
        story.on(new Respecified(sharing(suspending(other(real(1, 1, aimed(1)))))));
        story.quietly();
        // Known by who asked first, though that is gone.
        story.passes(1).reads("1s check 10.0.0.1 up (first)");
        story.due().quietly();
        story.on(new AddressPresent(service.address(), false)).reads("11s abandon 10.0.0.1");
        assertEquals("never", story.deadline());
    }

    @Test
    void whoAsksTogetherMayBeToldOtherwise() {
        Story story = two(aimed(1), aimed(1)).due().passes(1).quietly();
        story.at(5);
        story.on(new Respecified(node(web(real(1, 1, aimed(1))), other(real(1, 1, aimed(1))))));
        story.due().reads("11s probe 10.0.0.1\n11s probe 10.0.0.1");
        story.on(new StopRequested());
        assertEquals(2, story.lines().stream().filter(line -> line.contains("abandon")).count());
    }

    @Test
    void otherUrlsOfAListAreAskedApart() {
        Story story = Story.started(sharing(web(real(1, 1, http(2, false))))).due().passes(1);
        story.on(
                new Respecified(
                        sharing(
                                web(real(1, 1, http(2, false))),
                                other(real(1, 1, http(2, false))))));
        story.quietly().due().due();
        story.reads("2s probe 10.0.0.1\n11s probe 10.0.0.1 step 1");
    }
}
