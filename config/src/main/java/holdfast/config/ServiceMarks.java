package holdfast.config;

import holdfast.balance.Protocol;
import holdfast.net.IpAddress;
import java.util.List;
import java.util.Map;

/// Which packets get which firewall marks, so that a group of addresses is one service
/// (`nftables_ipvs`).
///
/// @param table of nftables, the same for IPv4 and IPv6
/// @param priority of its chains; less comes first
/// @param counters whether each rule counts
/// @param uses which group has which mark
public record ServiceMarks(
        String table, int priority, boolean counters, List<Range> ranges, Map<Use, Integer> uses) {

    static final String TABLE = "keepalived_ipvs";
    static final int PRIORITY = -1;
    static final long FIRST = 1000;

    /// All addresses from the first to the last, at a port.
    public record Range(Protocol protocol, IpAddress first, IpAddress last, int port, int mark) {}

    /// A group as the virtual servers of one protocol use it.
    public record Use(String group, Protocol protocol) {}

    public ServiceMarks {
        ranges = List.copyOf(ranges);
        uses = Map.copyOf(uses);
    }
}
