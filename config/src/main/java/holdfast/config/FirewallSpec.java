package holdfast.config;

/// The table of nftables in which the packet filter of virtual routers lives.
///
/// @param table its name, the same for IPv4 and IPv6
/// @param priority of its base chains; less comes first
/// @param byIndex whether link-local addresses are told apart by the indexes of interfaces, and not
///     by their names
/// @param counters whether each rule counts
public record FirewallSpec(String table, int priority, boolean byIndex, boolean counters) {

    public static final FirewallSpec DEFAULT = new FirewallSpec("keepalived", -1, false, false);
}
