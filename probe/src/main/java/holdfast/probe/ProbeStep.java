package holdfast.probe;

import java.nio.ByteBuffer;

/// What a probe wants done next.
public sealed interface ProbeStep {

    /// Send all of these bytes, then wait.
    record Send(ByteBuffer bytes) implements ProbeStep {}

    /// Wait for what comes.
    record Wait() implements ProbeStep {}

    /// Send of these bytes what goes out at once, and close the connection; this is what the check
    /// came to.
    record Farewell(ByteBuffer bytes, Outcome outcome) implements ProbeStep {}

    /// Close the connection; this is what the check came to.
    record Done(Outcome outcome) implements ProbeStep {}

    /// The end of a check that failed, for the reason that people will read.
    static Done failure(String reason) {
        return new Done(new Outcome.Failed(reason));
    }
}
