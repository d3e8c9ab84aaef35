package holdfast.netlink.ipvs;

/// How long idle connections are remembered, in seconds; 0 in a command leaves one as it is.
public record IpvsTimeouts(int tcpSeconds, int tcpFinSeconds, int udpSeconds) {}
