package holdfast.sim;

/// What may befall a router or its network.
enum Misfortune {
    FREEZE,
    KILL,
    STOP,
    LINK_DOWN,
    DEAF,
    SPLIT,
    ADDRESS_TAKEN,
    ROUTE_TAKEN,
    SCRIPTS_FAIL,
    SCRIPTS_HANG,
    FILE_CHANGES,
    PROCESSES_CHANGE,
    RELOAD,
    NEW_PRIORITY
}
