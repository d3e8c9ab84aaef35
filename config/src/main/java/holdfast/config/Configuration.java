package holdfast.config;

import holdfast.balance.BalanceSpec;
import holdfast.vrrp.NodeSpec;
import java.util.Optional;

/// Everything one host is told to be. Valid by construction, equal by contents.
///
/// @param services how many virtual servers there are, also where nobody kept what they are
/// @param marks by which packets find those services that are groups of addresses
/// @param bfd the sessions that routers and servers may depend on
public record Configuration(
        GlobalSpec global,
        NodeSpec vrrp,
        BalanceSpec balance,
        int services,
        Optional<ServiceMarks> marks,
        BfdOrders bfd) {

    /// The same, with the virtual servers of another where they are equal: there may be many, and
    /// twice is too often.
    public Configuration sharing(Configuration other) {
        return balance.equals(other.balance)
                ? new Configuration(global, vrrp, other.balance, services, marks, bfd)
                : this;
    }

    /// One without marks and sessions.
    public Configuration(GlobalSpec global, NodeSpec vrrp, BalanceSpec balance) {
        this(global, vrrp, balance, balance.services().size(), Optional.empty(), BfdOrders.NOTHING);
    }
}
