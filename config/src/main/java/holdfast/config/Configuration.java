package holdfast.config;

import holdfast.balance.BalanceSpec;
import holdfast.vrrp.NodeSpec;

/// Everything one host is told to be. Valid by construction, equal by contents.
public record Configuration(GlobalSpec global, NodeSpec vrrp, BalanceSpec balance) {}
