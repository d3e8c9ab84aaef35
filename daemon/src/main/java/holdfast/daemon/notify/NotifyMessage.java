package holdfast.daemon.notify;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceSpec;
import holdfast.config.GlobalSpec;
import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.VrrpEffect;
import java.time.Duration;
import java.util.List;

/// What the notify thread is told.
public sealed interface NotifyMessage {

    record VrrpFact(VrrpEffect fact) implements NotifyMessage {}

    record BalanceFact(BalanceEffect fact) implements NotifyMessage {}

    /// From now on these instances and groups are known, too.
    record Expect(NodeSpec spec) implements NotifyMessage {}

    /// Tell the pipes what these are now, though that is no news.
    record TellStates(NodeSpec spec) implements NotifyMessage {}

    /// From now on these are the virtual servers.
    record ExpectServices(BalanceSpec spec) implements NotifyMessage {}

    /// From now on mails are sent as this says.
    record Mailing(GlobalSpec global) implements NotifyMessage {}

    /// From now on these are the pipes; those that stay the same stay open.
    record Pipes(List<FifoSpec> pipes) implements NotifyMessage {}

    /// Tell what is left, wait so long for last words, and end.
    record Stop(Duration lastWords) implements NotifyMessage {}
}
