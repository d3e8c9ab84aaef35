package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.util.List;

/// All virtual routers of one host, their groups, and what they track.
///
/// Deterministic: the same spec and the same events at the same times give the same effects.
/// Confined to one thread; holds no clock and does no I/O.
public interface VrrpNode {

    /// Takes one event, and returns what is to be done about it, in order.
    List<VrrpEffect> on(MonoTime now, VrrpEvent event);

    /// When this node next wants [VrrpEvent.DeadlineReached]; may move with every event.
    MonoTime deadline();

    /// Every instance, in the order of the configuration.
    List<InstanceStatus> status();

    /// The orders in force.
    NodeSpec spec();
}
