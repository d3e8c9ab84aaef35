package holdfast.sim.sessions;

import holdfast.bfd.BfdEvent;
import holdfast.bfd.BfdNode;
import holdfast.bfd.BfdSpec;
import holdfast.bfd.SessionStatus;
import holdfast.bfd.State;
import holdfast.net.IpAddress;
import holdfast.sim.Chance;
import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One host: its process, if it runs, and what it was told.
final class Side {

    final String name;
    final IpAddress address;
    final Orders orders;
    final Watch watch;
    final List<BfdEvent> backlog = new ArrayList<>();
    @Nullable BfdNode node;
    BfdSpec given = BfdSpec.NOTHING;
    boolean frozen;
    boolean withoutSocket;
    MonoTime armedFor = MonoTime.NEVER;

    private final Chance seeds;

    Side(String name, IpAddress address, Orders orders, Watch watch, Chance seeds) {
        this.name = name;
        this.address = address;
        this.orders = orders;
        this.watch = watch;
        this.seeds = seeds;
    }

    void begin() {
        node = new BfdNode(seeds.below(Integer.MAX_VALUE));
        given = BfdSpec.NOTHING;
        watch.forget();
    }

    void end() {
        node = null;
        armedFor = MonoTime.NEVER;
        backlog.clear();
        frozen = false;
    }

    /// Empty if there is no process, or no session in it.
    Optional<SessionStatus> status() {
        return node == null || node.status().isEmpty()
                ? Optional.empty()
                : Optional.of(node.status().getFirst());
    }

    State state() {
        return status().map(SessionStatus::state).orElse(State.ADMIN_DOWN);
    }
}
