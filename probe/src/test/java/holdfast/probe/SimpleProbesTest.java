package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Checks that end with their first word.
class SimpleProbesTest {

    @Test
    void aConnectionThatOpensIsEnough() {
        assertEquals(
                new ProbeStep.Done(Outcome.Passed.PLAIN),
                new TcpProbe().on(new ProbeInput.Connected()));
    }

    @Test
    void aConnectionThatDoesNotOpenFailsWithItsReason() {
        assertEquals(
                failed("connection refused"),
                new TcpProbe().on(new ProbeInput.Failed("connection refused")));
        assertEquals(failed("connection timed out"), new TcpProbe().on(new ProbeInput.TimedOut()));
    }

    @Test
    void theFirstWordCounts() {
        TcpProbe probe = new TcpProbe();
        probe.on(new ProbeInput.TimedOut());
        assertEquals(failed("connection timed out"), probe.on(new ProbeInput.Connected()));
    }

    @Test
    void aProgramPassesWithStatusZeroOnly() {
        ScriptProbe probe = script(false);
        assertEquals(Outcome.Passed.PLAIN, probe.exited(0));
        assertEquals(new Outcome.Failed("exit status 1"), probe.exited(1));
        assertEquals(new Outcome.Failed("exit status 2"), probe.exited(2));
        assertEquals(new Outcome.Failed("killed by signal 9"), probe.killed(9));
        assertEquals(new Outcome.Failed("still running after 5 s"), probe.timedOut());
    }

    @Test
    void aDynamicProgramsStatusCarriesTheWeight() {
        ScriptProbe probe = script(true);
        assertEquals(Outcome.Passed.PLAIN, probe.exited(0));
        assertEquals(new Outcome.Failed("exit status 1"), probe.exited(1));
        assertEquals(new Outcome.Passed(0), probe.exited(2));
        assertEquals(new Outcome.Passed(253), probe.exited(255));
    }

    private static ProbeStep failed(String reason) {
        return new ProbeStep.Done(new Outcome.Failed(reason));
    }

    private static ScriptProbe script(boolean dynamic) {
        ScriptSpec spec = new ScriptSpec(List.of("/bin/check"), new Identity("root", 0, 0));
        return new ScriptProbe(new ProbeSpec.Script(spec, Duration.ofSeconds(5), dynamic));
    }
}
