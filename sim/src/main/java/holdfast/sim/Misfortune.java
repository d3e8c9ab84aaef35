package holdfast.sim;

/// What may befall a router, its host, or its network.
enum Misfortune {
    FREEZE,
    KILL,
    STOP,
    LINK_DOWN,
    LINK_GONE,
    HOST_ADDRESS_GONE,
    DEAF,
    SPLIT,
    CUT_OFF,
    WEATHER,
    ADDRESS_TAKEN,
    ROUTE_TAKEN,
    SCRIPT_FAILS,
    SCRIPT_HANGS,
    FILE_CHANGES,
    PROCESSES_CHANGE,
    CLOCK_JUMPS,
    RELOAD,
    RELOAD_WITH_NEWS,
    NEWS_FOR_ALL
}
