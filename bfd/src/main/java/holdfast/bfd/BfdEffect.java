package holdfast.bfd;

/// What sessions order, and what they have to tell.
public sealed interface BfdEffect {

    /// Have a socket that sends for this session, in place of the one it may have, and say
    /// [BfdEvent.SenderReady] or [BfdEvent.SenderFailed].
    record OpenSender(String session, Path path) implements BfdEffect {}

    /// The session needs its socket no more.
    record CloseSender(String session) implements BfdEffect {}

    /// Send this to the neighbour.
    record SendPacket(String session, byte[] message) implements BfdEffect {}

    /// Something that is now so.
    sealed interface Fact extends BfdEffect {}

    /// A session changed its state.
    ///
    /// @param remoteDiagnostic what the neighbour told last
    record StateChanged(
            String session, State from, State to, Diagnostic diagnostic, int remoteDiagnostic)
            implements Fact {}

    /// What those who track a session are to believe: said when orders came, when it came up, and
    /// when it failed; not when the neighbour was shut down on purpose.
    record VerdictIs(String session, boolean up) implements Fact {}
}
