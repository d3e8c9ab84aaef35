package holdfast.netlink.ipvs;

/// Counters of a service or destination since it was made.
public record IpvsStatistics(
        long connections, long packetsIn, long packetsOut, long bytesIn, long bytesOut) {}
