package holdfast.balance;

import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEvent.Respecified;
import holdfast.balance.BalanceEvent.SessionIs;
import holdfast.balance.BalanceEvent.Started;
import holdfast.probe.ProbeSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Servers that follow sessions of BFD.
class SessionCheckTest {

    private static CheckerSpec session(String name, boolean alpha) {
        return new CheckerSpec(
                new ProbeSpec.Session(name),
                Duration.ZERO,
                Duration.ZERO,
                0,
                Duration.ZERO,
                Duration.ZERO,
                alpha,
                false);
    }

    @Test
    void aServerFollowsItsSessionWithoutRetries() {
        Story story = new Story(node(web(real(1, 10, session("a", true)), real(2, 1))));
        story.on(new Started());
        story.reads(
                """
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.2 weight 1
                0s quorum up, 1 of 1
                """);
        assertEquals("never", story.deadline());
        story.at(1).on(new SessionIs("b", true)).on(new SessionIs("a", true));
        story.reads(
                """
                1s check 10.0.0.1 up (first)
                1s add 10.0.0.1 weight 10
                1s server 10.0.0.1 up
                """);
        story.at(2).on(new SessionIs("a", true));
        story.reads("");
        story.at(3).on(new SessionIs("a", false));
        story.reads(
                """
                3s check 10.0.0.1 down: the session is down
                3s remove 10.0.0.1
                3s server 10.0.0.1 down
                """);
    }

    @Test
    void whatWasHeardCountsForNewServersToo() {
        Story story = new Story(node(web(real(2, 1))));
        story.on(new SessionIs("a", false)).on(new Started());
        story.reads(
                """
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.2 weight 1
                0s quorum up, 1 of 1
                """);
        story.at(1).on(new Respecified(node(web(real(2, 1), real(1, 10, session("a", false))))));
        story.reads(
                "1s check 10.0.0.1 down: the session is down (first)\n1s server 10.0.0.1 down\n");
    }
}
