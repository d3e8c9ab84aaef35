package holdfast.sim.pools;

/// What happens to pools.
public enum PoolMisfortune {
    /// A server refuses.
    REFUSES,
    /// A server does not answer.
    SILENT,
    /// A server refuses and serves by turns.
    FLAPS,
    /// All servers fail at once, as when our own network does.
    ALL_FAIL,
    /// A script says another weight.
    WEIGHT,
    /// A file says another number.
    FILE,
    /// The process cannot make checks.
    NO_DESCRIPTORS,
    /// The process stands still.
    FREEZE,
    /// An address of a service comes or goes.
    ADDRESS_MOVES,
    /// Somebody empties the plane, and that is noticed.
    PLANE_EMPTIED,
    RELOAD,
    RELOAD_WITH_NEWS
}
