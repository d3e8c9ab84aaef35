package holdfast.daemon;

import holdfast.balance.BalanceReport;
import holdfast.config.BfdOrders;
import holdfast.config.Configuration;
import holdfast.config.FirewallSpec;
import holdfast.config.SyncDaemonSpec;
import holdfast.daemon.bfd.BfdStatus;
import holdfast.linux.Mailbox;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.NodeStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the supervisor asks of a running role. Roles take messages in order, one a turn at least.
public sealed interface RoleMessage {

    /// What the VRRP role understands.
    sealed interface ToVrrp extends RoleMessage {}

    /// What the load balancing role understands.
    sealed interface ToBalance extends RoleMessage {}

    /// What the role of the sessions of BFD understands.
    sealed interface ToBfd extends RoleMessage {}

    /// Leave in good order: resign, withdraw what is ours from the kernel, then return from `run`.
    record Stop() implements ToVrrp, ToBalance, ToBfd {}

    /// Leave, resign too, but let what is ours in the kernel stay there.
    record Leave() implements ToVrrp, ToBalance {}

    /// New orders; what is the same is not touched.
    record RespecifyVrrp(NodeSpec next, Optional<SyncDaemonSpec> syncDaemon, FirewallSpec firewall)
            implements ToVrrp {}

    /// New orders; what is the same is not touched.
    record RespecifyBalance(Configuration next) implements ToBalance {}

    /// @param answer called on the role's thread; must not block
    record VrrpStatus(Consumer<NodeStatus> answer) implements ToVrrp {}

    /// All that was sent before has been done.
    ///
    /// @param answer called on the role's thread; must not block
    record Settle(Runnable answer) implements ToVrrp, ToBalance, ToBfd {}

    /// @param answer called on the role's thread; must not block
    record BalanceStatus(Consumer<BalanceReport> answer) implements ToBalance {}

    /// How these sessions of BFD are, by their names.
    ///
    /// @param verdicts whether they are up
    record SessionsAre(Map<String, Boolean> verdicts) implements ToVrrp, ToBalance {
        public SessionsAre {
            verdicts = Map.copyOf(verdicts);
        }
    }

    /// New orders; what is the same is not touched.
    record RespecifyBfd(BfdOrders next) implements ToBfd {}

    /// Tell the virtual routers how all sessions are, and from then on what changes.
    ///
    /// @param inbox empty when nobody listens any longer
    record TellRouters(Optional<Mailbox<RoleMessage>> inbox) implements ToBfd {}

    /// @param answer called on the role's thread; must not block
    record BfdIs(Consumer<BfdStatus> answer) implements ToBfd {}
}
