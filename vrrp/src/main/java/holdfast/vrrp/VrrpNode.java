package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.util.List;

/// All virtual routers of one host, their groups, and what they track.
///
/// Deterministic: the same spec and the same events at the same times give the same effects.
/// Confined to one thread; holds no clock and does no I/O.
public final class VrrpNode {

    private final NodeSpec spec;
    private final MonoTime startedAt;

    public VrrpNode(NodeSpec spec, MonoTime startedAt) {
        this.spec = spec;
        this.startedAt = startedAt;
    }

    /// Takes one event, and returns what is to be done about it, in order.
    public List<VrrpEffect> on(MonoTime now, VrrpEvent event) {
        assert !startedAt.isAfter(now) && event != null;
        return List.of();
    }

    /// When this node next wants [VrrpEvent.DeadlineReached]; may move with every event.
    public MonoTime deadline() {
        return MonoTime.NEVER;
    }

    /// Every instance, in the order of the configuration.
    public List<InstanceStatus> status() {
        return List.of();
    }

    /// The orders in force.
    public NodeSpec spec() {
        return spec;
    }
}
