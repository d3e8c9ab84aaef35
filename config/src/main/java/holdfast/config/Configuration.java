package holdfast.config;

import holdfast.balance.BalanceSpec;
import holdfast.vrrp.NodeSpec;
import java.util.Optional;

/// Everything one host is told to be. Valid by construction, equal by contents.
///
/// @param marks by which packets find those services that are groups of addresses
public record Configuration(
        GlobalSpec global, NodeSpec vrrp, BalanceSpec balance, Optional<ServiceMarks> marks) {

    /// One without marks.
    public Configuration(GlobalSpec global, NodeSpec vrrp, BalanceSpec balance) {
        this(global, vrrp, balance, Optional.empty());
    }
}
