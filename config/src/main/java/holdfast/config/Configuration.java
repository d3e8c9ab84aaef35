package holdfast.config;

import holdfast.balance.BalanceSpec;
import holdfast.vrrp.NodeSpec;
import java.util.Optional;

/// Everything one host is told to be. Valid by construction, equal by contents.
///
/// @param marks by which packets find those services that are groups of addresses
/// @param bfd the sessions that routers and servers may depend on
public record Configuration(
        GlobalSpec global,
        NodeSpec vrrp,
        BalanceSpec balance,
        Optional<ServiceMarks> marks,
        BfdOrders bfd) {

    /// One without marks and sessions.
    public Configuration(GlobalSpec global, NodeSpec vrrp, BalanceSpec balance) {
        this(global, vrrp, balance, Optional.empty(), BfdOrders.NOTHING);
    }
}
