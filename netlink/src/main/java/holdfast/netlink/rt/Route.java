package holdfast.netlink.rt;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A route.
///
/// @param destination the default route has a prefix of length 0
/// @param source only packets from here, IPv6 alone; length 0 for all
/// @param protocol who added it, `RTPROT_*`
/// @param type `RTN_*`
/// @param metric the priority: less is better; 0 lets the kernel choose
/// @param metrics `RTAX_*` to value, for example 2 (MTU)
/// @param nextHops none for routes that lead nowhere
public record Route(
        IpPrefix destination,
        Optional<IpPrefix> source,
        int tos,
        int table,
        int protocol,
        int scope,
        int type,
        int metric,
        Optional<IpAddress> preferredSource,
        Map<Integer, Integer> metrics,
        List<NextHop> nextHops) {

    public static final int RT_TABLE_MAIN = 254;
    public static final int RTPROT_BOOT = 3;
    public static final int RTN_UNICAST = 1;
    public static final int RTN_BLACKHOLE = 6;
    public static final int RTN_UNREACHABLE = 7;
    public static final int RTN_PROHIBIT = 8;
    public static final int RT_SCOPE_UNIVERSE = 0;
    public static final int RT_SCOPE_LINK = 253;
    public static final int RT_SCOPE_HOST = 254;
    public static final int RT_SCOPE_NOWHERE = 255;

    public Route {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        nextHops = List.copyOf(nextHops);
    }

    public Family family() {
        return destination.address().family();
    }

    /// Where to send to.
    ///
    /// @param index of the interface; 0 when the gateway says it
    /// @param gateway may be of the other family
    /// @param weight from 1
    public record NextHop(int index, Optional<IpAddress> gateway, int weight, boolean onLink) {}
}
