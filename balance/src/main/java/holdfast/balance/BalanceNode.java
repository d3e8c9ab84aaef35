package holdfast.balance;

import holdfast.time.MonoTime;
import java.util.List;

/// All virtual services of one host.
///
/// Deterministic: the same spec and the same events at the same times give the same effects.
/// Confined to one thread; holds no clock and does no I/O.
public interface BalanceNode {

    /// Takes one event, and returns what is to be done about it, in order.
    List<BalanceEffect> on(MonoTime now, BalanceEvent event);

    /// When this node next wants [BalanceEvent.DeadlineReached]; may move with every event.
    MonoTime deadline();

    /// Every service, in the order of the configuration.
    List<ServiceStatus> status();

    /// The orders in force.
    BalanceSpec spec();
}
