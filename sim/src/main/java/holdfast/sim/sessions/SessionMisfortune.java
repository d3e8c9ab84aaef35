package holdfast.sim.sessions;

/// What happens to sessions.
public enum SessionMisfortune {
    /// Nothing arrives in one direction.
    CUT_ONE_WAY,
    /// Nothing arrives.
    CUT,
    /// Much is lost in one direction.
    LOSS,
    /// What is sent in one direction arrives late, and in another order.
    DELAY,
    /// The process stands still.
    FREEZE,
    /// The process is killed, and comes back.
    KILL,
    /// The process stops in good order, and comes back.
    STOP,
    /// The session goes from the configuration, and comes back.
    REMOVED,
    /// There is no socket to send with.
    NO_SOCKET,
    RELOAD,
    /// Other timers.
    RELOAD_TIMERS,
    /// Other keys, which the other side may not have.
    RELOAD_KEYS,
    /// Somebody sends what was sent before.
    REPLAY,
    /// Somebody sends what was sent before, a little changed.
    FORGERY
}
