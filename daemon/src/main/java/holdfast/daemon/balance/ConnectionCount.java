package holdfast.daemon.balance;

import holdfast.net.Endpoint;
import java.util.Map;

/// What is known of the connections of a service from counting them now and then. Immutable.
///
/// @param loads by server
/// @param survival which part of the connections that come are still there a count later
/// @param fresh how many connections are expected to come and to be there at the next count
record ConnectionCount(Map<Endpoint, Load> loads, double survival, double fresh) {

    /// The connections of one server.
    ///
    /// @param old those that the count before has seen, too
    /// @param young all others
    record Load(long old, long young) {
        static final Load NONE = new Load(0, 0);
        static final Load ONE_OLD = new Load(1, 0);
        static final Load ONE_YOUNG = new Load(0, 1);

        Load plus(Load other) {
            return new Load(old + other.old, young + other.young);
        }
    }

    static final ConnectionCount NOTHING = new ConnectionCount(Map.of(), 1, 0);

    /// Fewer connections to come are not reckoned with, a server, lest a burst meets only one.
    private static final int FRESH_MIN = 4;

    /// What was expected before is forgotten by and by.
    private static final double MEMORY = 0.75;

    ConnectionCount {
        loads = Map.copyOf(loads);
    }

    /// What is known after another count.
    ConnectionCount next(Map<Endpoint, Load> counted) {
        long before = 0;
        for (Load load : loads.values()) {
            before += load.old() + load.young();
        }
        long old = 0;
        long young = 0;
        for (Load load : counted.values()) {
            old += load.old();
            young += load.young();
        }
        double surviving = before == 0 ? 1 : Math.min(1, (double) old / before);
        return new ConnectionCount(counted, surviving, Math.max((double) young, fresh * MEMORY));
    }

    /// How many of a server's connections will still be there at the next count. Who has lasted
    /// from one count to the next will last longer.
    double staying(Endpoint server) {
        Load load = loads.getOrDefault(server, Load.NONE);
        return load.old() + survival * load.young();
    }

    double coming(int servers) {
        return Math.max(fresh, (double) FRESH_MIN * servers);
    }
}
