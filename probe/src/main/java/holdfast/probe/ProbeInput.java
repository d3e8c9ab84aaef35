package holdfast.probe;

import java.nio.ByteBuffer;

/// What can happen on the connection of a check.
public sealed interface ProbeInput {

    record Connected() implements ProbeInput {}

    /// @param bytes from position to limit, consumed by the probe; valid only until it returns
    record Received(ByteBuffer bytes) implements ProbeInput {}

    /// The server has said all it will say.
    record Closed() implements ProbeInput {}

    /// The connection broke or never came to be.
    ///
    /// @param reason in words, for example `connection refused`
    record Failed(String reason) implements ProbeInput {}

    record TimedOut() implements ProbeInput {}
}
