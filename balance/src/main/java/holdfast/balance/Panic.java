package holdfast.balance;

import holdfast.net.Endpoint;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// When too much of a pool fails at once, its checks are doubted rather than its servers: those
/// that were good last are kept.
///
/// Confined to one thread.
final class Panic {

    private final Set<Endpoint> lastGood = new HashSet<>();
    private boolean on;
    private long live;
    private long whole;

    /// Looks at the pool again; true when panic began or ended.
    ///
    /// @param percent of the whole weight, below which it begins; 0 for never
    /// @param forbidden whether somebody else serves, or will
    boolean judge(Collection<Server> servers, int percent, boolean forbidden) {
        boolean before = on;
        if (percent == 0) {
            on = false;
            lastGood.clear();
            return before;
        }
        live = 0;
        whole = 0;
        for (Server server : servers) {
            live += server.liveWeight();
            whole += server.weight();
        }
        on = !forbidden && whole > 0 && live * 100 < whole * percent;
        if (!on) {
            lastGood.clear();
        }
        for (Server server : servers) {
            if (server.isAlive()) {
                lastGood.add(server.endpoint());
            }
        }
        return before != on;
    }

    boolean isOn() {
        return on;
    }

    /// Whether a server that has failed serves all the same.
    boolean keeps(Server server) {
        return on && lastGood.contains(server.endpoint());
    }

    long live() {
        return live;
    }

    long whole() {
        return whole;
    }
}
