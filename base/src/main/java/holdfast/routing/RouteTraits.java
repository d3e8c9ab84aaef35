package holdfast.routing;

import holdfast.net.IpAddress;
import java.util.Optional;

/// All of a route but where it is for and where it leads.
///
/// @param type `RTN_*`
/// @param scope `RT_SCOPE_*`
/// @param protocol who added it, `RTPROT_*`
/// @param metric the priority: less is better; 0 lets the kernel choose
/// @param realms `source << 16 | destination`, 0 for none; IPv4
/// @param preference `ICMPV6_ROUTER_PREF_*`, IPv6
/// @param expires seconds until the kernel drops it, IPv6
/// @param ttlPropagate whether an MPLS tunnel shows its hops
public record RouteTraits(
        int type,
        int scope,
        int protocol,
        int table,
        int tos,
        int metric,
        Optional<IpAddress> preferredSource,
        int realms,
        Optional<Integer> preference,
        Optional<Integer> expires,
        Optional<Boolean> ttlPropagate,
        RouteMetrics metrics) {

    public static final int RTN_UNICAST = 1;
    public static final int RTN_LOCAL = 2;
    public static final int RTN_BROADCAST = 3;
    public static final int RTN_ANYCAST = 4;
    public static final int RTN_MULTICAST = 5;
    public static final int RTN_BLACKHOLE = 6;
    public static final int RTN_UNREACHABLE = 7;
    public static final int RTN_PROHIBIT = 8;
    public static final int RTN_THROW = 9;
    public static final int RTN_NAT = 10;
    public static final int RTN_XRESOLVE = 11;

    public static final int RT_SCOPE_UNIVERSE = 0;
    public static final int RT_SCOPE_SITE = 200;
    public static final int RT_SCOPE_LINK = 253;
    public static final int RT_SCOPE_HOST = 254;
    public static final int RT_SCOPE_NOWHERE = 255;

    public static final int RTPROT_BOOT = 3;

    /// The mark of what a VRRP daemon made.
    public static final int RTPROT_KEEPALIVED = 18;

    public static final int RT_TABLE_MAIN = 254;

    /// A plain route of a table.
    public static RouteTraits of(int type, int protocol, int table, int metric) {
        return new RouteTraits(
                type,
                RT_SCOPE_UNIVERSE,
                protocol,
                table,
                0,
                metric,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RouteMetrics.NONE);
    }
}
