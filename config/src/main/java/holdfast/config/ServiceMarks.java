package holdfast.config;

import holdfast.balance.Protocol;
import holdfast.net.IpAddress;
import java.util.List;

/// Which packets get which firewall marks, so that a group of addresses is one service
/// (`nftables_ipvs`).
///
/// @param table of nftables, the same for IPv4 and IPv6
/// @param priority of its chains; less comes first
/// @param counters whether each rule counts
public record ServiceMarks(String table, int priority, boolean counters, List<Range> ranges) {

    static final String TABLE = "keepalived_ipvs";
    static final int PRIORITY = -1;
    static final long FIRST = 1000;

    /// All addresses from the first to the last, at a port.
    public record Range(Protocol protocol, IpAddress first, IpAddress last, int port, int mark) {}

    public ServiceMarks {
        ranges = List.copyOf(ranges);
    }
}
