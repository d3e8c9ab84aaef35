package holdfast.netlink.rt;

import static holdfast.netlink.MessageWriter.NLM_F_ACK;
import static holdfast.netlink.MessageWriter.NLM_F_CREATE;
import static holdfast.netlink.MessageWriter.NLM_F_DUMP;
import static holdfast.netlink.MessageWriter.NLM_F_EXCL;
import static holdfast.netlink.MessageWriter.NLM_F_REPLACE;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.netlink.Attributes;
import holdfast.netlink.Bytes;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Routes as messages (struct rtmsg).
public final class RouteCodec {

    private static final int HEADER_BYTES = 12;
    private static final int HOP_HEADER_BYTES = 8;

    private static final int RTA_DST = 1;
    private static final int RTA_SRC = 2;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PRIORITY = 6;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_METRICS = 8;
    private static final int RTA_MULTIPATH = 9;
    private static final int RTA_TABLE = 15;
    private static final int RTA_VIA = 18;

    private static final int RTNH_F_ONLINK = 4;
    private static final int TABLE_IN_HEADER_MAX = 255;

    private RouteCodec() {}

    /// `ip route show table all`.
    public static void dump(MessageWriter out, int sequence) {
        out.begin(RtNotice.RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP, sequence).zeros(HEADER_BYTES);
    }

    /// `ip route add`; refused with EEXIST when there is one for the same destination and metric.
    public static void add(MessageWriter out, int sequence, Route route) {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
        write(out, RtNotice.RTM_NEWROUTE, flags, sequence, route);
    }

    /// `ip route replace`.
    public static void replace(MessageWriter out, int sequence, Route route) {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;
        write(out, RtNotice.RTM_NEWROUTE, flags, sequence, route);
    }

    /// `ip route delete`; refused with ESRCH when there is none such.
    public static void delete(MessageWriter out, int sequence, Route route) {
        write(out, RtNotice.RTM_DELROUTE, NLM_F_REQUEST | NLM_F_ACK, sequence, route);
    }

    private static void write(
            MessageWriter out, int type, int requestFlags, int sequence, Route route) {
        boolean oneHop = route.nextHops().size() == 1;
        out.begin(type, requestFlags, sequence);
        out.u8(route.family().number());
        out.u8(route.destination().length()).u8(route.source().map(IpPrefix::length).orElse(0));
        out.u8(route.tos()).u8(route.table() <= TABLE_IN_HEADER_MAX ? route.table() : 0);
        out.u8(route.protocol()).u8(route.scope()).u8(route.type());
        out.u32(oneHop ? flags(route.nextHops().getFirst()) : 0);
        if (route.destination().length() > 0) {
            out.address(RTA_DST, route.destination().address());
        }
        route.source().ifPresent(source -> out.address(RTA_SRC, source.address()));
        if (oneHop) {
            gateway(out, route.family(), route.nextHops().getFirst());
        } else if (!route.nextHops().isEmpty()) {
            out.nest(RTA_MULTIPATH, () -> hops(out, route));
        }
        route.preferredSource().ifPresent(source -> out.address(RTA_PREFSRC, source));
        if (route.table() > TABLE_IN_HEADER_MAX) {
            out.u32(RTA_TABLE, route.table());
        }
        if (route.metric() != 0) {
            out.u32(RTA_PRIORITY, route.metric());
        }
        if (oneHop && route.nextHops().getFirst().index() != 0) {
            out.u32(RTA_OIF, route.nextHops().getFirst().index());
        }
        if (!route.metrics().isEmpty()) {
            out.nest(RTA_METRICS, () -> route.metrics().forEach(out::u32));
        }
    }

    private static void hops(MessageWriter out, Route route) {
        for (Route.NextHop hop : route.nextHops()) {
            out.sized(
                    () -> {
                        out.u8(flags(hop)).u8(hop.weight() - 1).u32(hop.index());
                        gateway(out, route.family(), hop);
                    });
        }
    }

    private static void gateway(MessageWriter out, Family family, Route.NextHop hop) {
        hop.gateway()
                .ifPresent(
                        gateway -> {
                            if (gateway.family() == family) {
                                out.address(RTA_GATEWAY, gateway);
                            } else {
                                out.nest(RTA_VIA, () -> via(out, gateway));
                            }
                        });
    }

    private static void via(MessageWriter out, IpAddress gateway) {
        out.u16(gateway.family().number()).octets(gateway.octets());
    }

    private static int flags(Route.NextHop hop) {
        return hop.onLink() ? RTNH_F_ONLINK : 0;
    }

    static Optional<Route> decode(Message message) {
        Bytes header = message.payload();
        Attributes attributes = message.attributes(HEADER_BYTES);
        Optional<Family> family = RtFamily.of(header.u8(0));
        if (header.size() < HEADER_BYTES || family.isEmpty()) {
            return Optional.empty();
        }
        Optional<IpPrefix> destination = prefix(attributes, RTA_DST, family.get(), header.u8(1));
        if (destination.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Route(
                        destination.get(),
                        prefix(attributes, RTA_SRC, family.get(), header.u8(2))
                                .filter(source -> source.length() > 0),
                        header.u8(3),
                        attributes.has(RTA_TABLE) ? attributes.u32(RTA_TABLE) : header.u8(4),
                        header.u8(5),
                        header.u8(6),
                        header.u8(7),
                        attributes.u32(RTA_PRIORITY),
                        attributes.value(RTA_PREFSRC).address(),
                        metrics(attributes.nested(RTA_METRICS)),
                        nextHops(attributes, header.u32(8))));
    }

    /// A prefix of length 0 goes without an attribute.
    private static Optional<IpPrefix> prefix(
            Attributes attributes, int type, Family family, int length) {
        if (length > family.bits()) {
            return Optional.empty();
        }
        IpAddress none = IpAddress.of(new byte[family.bits() / 8]);
        Optional<IpAddress> address =
                attributes.has(type) ? attributes.value(type).address() : Optional.of(none);
        return address.filter(found -> found.family() == family)
                .map(found -> new IpPrefix(found, length));
    }

    private static Map<Integer, Integer> metrics(Attributes attributes) {
        Map<Integer, Integer> metrics = new TreeMap<>();
        attributes.all().forEach(one -> metrics.put(one.type(), one.value().u32(0)));
        return metrics;
    }

    private static List<Route.NextHop> nextHops(Attributes attributes, int flags) {
        List<Route.NextHop> hops = new ArrayList<>();
        if (attributes.has(RTA_OIF) || attributes.has(RTA_GATEWAY) || attributes.has(RTA_VIA)) {
            hops.add(hop(attributes.u32(RTA_OIF), attributes, 1, flags));
        }
        Bytes several = attributes.value(RTA_MULTIPATH);
        int length = several.u16(0);
        while (length >= HOP_HEADER_BYTES && length <= several.size()) {
            Bytes hop = several.slice(0, length);
            hops.add(
                    hop(
                            hop.u32(4),
                            Attributes.in(hop.from(HOP_HEADER_BYTES)),
                            hop.u8(3) + 1,
                            hop.u8(2)));
            several = several.from(length + 3 & ~3);
            length = several.u16(0);
        }
        return hops;
    }

    private static Route.NextHop hop(int index, Attributes attributes, int weight, int flags) {
        Optional<IpAddress> via = attributes.value(RTA_VIA).from(2).address();
        Optional<IpAddress> gateway = attributes.value(RTA_GATEWAY).address().or(() -> via);
        return new Route.NextHop(index, gateway, weight, (flags & RTNH_F_ONLINK) != 0);
    }
}
