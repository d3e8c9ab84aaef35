package holdfast.probe;

/// One check over one connection, from its opening to its outcome.
///
/// The shell opens the connection that the spec describes, says what happens on it, and does what
/// it is told. It also owns the clock: it says [ProbeInput.TimedOut] when a phase or the whole
/// check takes too long. Confined to one thread; used once.
///
/// The shell may put a layer of its own, such as TLS, between a probe and its connection.
public interface Probe {

    /// Takes what happened, and returns what is to be done next. After [ProbeStep.Done] the
    /// connection is not needed any more, and the answer to everything stays the same.
    ProbeStep on(ProbeInput input);
}
