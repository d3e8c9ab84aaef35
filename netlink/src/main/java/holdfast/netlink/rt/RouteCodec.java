package holdfast.netlink.rt;

import static holdfast.netlink.MessageWriter.NLM_F_ACK;
import static holdfast.netlink.MessageWriter.NLM_F_APPEND;
import static holdfast.netlink.MessageWriter.NLM_F_CREATE;
import static holdfast.netlink.MessageWriter.NLM_F_DUMP;
import static holdfast.netlink.MessageWriter.NLM_F_EXCL;
import static holdfast.netlink.MessageWriter.NLM_F_REPLACE;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.netlink.Attribute;
import holdfast.netlink.Attributes;
import holdfast.netlink.Bytes;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.routing.RouteMetrics;
import holdfast.routing.RouteTraits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
    private static final int RTA_FLOW = 11;
    private static final int RTA_TABLE = 15;
    private static final int RTA_VIA = 18;
    private static final int RTA_PREF = 20;
    private static final int RTA_EXPIRES = 23;
    private static final int RTA_TTL_PROPAGATE = 26;

    private static final int RTNH_F_ONLINK = 4;
    private static final int TABLE_IN_HEADER_MAX = 255;

    private RouteCodec() {}

    /// `ip route show table all`.
    public static void dump(MessageWriter out, int sequence) {
        out.begin(RtNotice.RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP, sequence).zeros(HEADER_BYTES);
    }

    /// `ip route add`; refused with EEXIST when there is one for the same destination and metric.
    public static void add(MessageWriter out, int sequence, Route route) {
        make(out, sequence, NLM_F_EXCL, route);
    }

    /// `ip route prepend`: goes before others for the same destination and metric; refused with
    /// EEXIST only when the very same route is there.
    public static void prepend(MessageWriter out, int sequence, Route route) {
        make(out, sequence, 0, route);
    }

    /// `ip route append`: as [#prepend], but goes behind the others.
    public static void append(MessageWriter out, int sequence, Route route) {
        make(out, sequence, NLM_F_APPEND, route);
    }

    /// `ip route replace`.
    public static void replace(MessageWriter out, int sequence, Route route) {
        make(out, sequence, NLM_F_REPLACE, route);
    }

    private static void make(MessageWriter out, int sequence, int how, Route route) {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | how;
        write(out, RtNotice.RTM_NEWROUTE, flags, sequence, route);
    }

    /// `ip route delete`; refused with ESRCH when there is none such.
    public static void delete(MessageWriter out, int sequence, Route route) {
        write(out, RtNotice.RTM_DELROUTE, NLM_F_REQUEST | NLM_F_ACK, sequence, route);
    }

    private static void write(
            MessageWriter out, int type, int requestFlags, int sequence, Route route) {
        RouteTraits traits = route.traits();
        Optional<Route.NextHop> only =
                route.nextHops().size() == 1
                        ? Optional.of(route.nextHops().getFirst())
                        : Optional.empty();
        out.begin(type, requestFlags, sequence);
        out.u8(route.family().number());
        out.u8(route.destination().length()).u8(route.source().map(IpPrefix::length).orElse(0));
        out.u8(traits.tos()).u8(isShort(traits.table()) ? traits.table() : 0);
        out.u8(traits.protocol()).u8(traits.scope()).u8(traits.type());
        out.u32(only.map(RouteCodec::flags).orElse(0));
        if (route.destination().length() > 0) {
            out.address(RTA_DST, route.destination().address());
        }
        route.source().ifPresent(source -> out.address(RTA_SRC, source.address()));
        only.ifPresent(hop -> way(out, route.family(), hop));
        if (route.nextHops().size() > 1) {
            out.nest(RTA_MULTIPATH, () -> hops(out, route));
        }
        traits(out, traits);
        only.filter(hop -> hop.index() != 0).ifPresent(hop -> out.u32(RTA_OIF, hop.index()));
        if (!traits.metrics().isEmpty()) {
            out.nest(RTA_METRICS, () -> metrics(out, traits.metrics()));
        }
    }

    private static void traits(MessageWriter out, RouteTraits traits) {
        traits.preferredSource().ifPresent(source -> out.address(RTA_PREFSRC, source));
        if (!isShort(traits.table())) {
            out.u32(RTA_TABLE, traits.table());
        }
        if (traits.metric() != 0) {
            out.u32(RTA_PRIORITY, traits.metric());
        }
        if (traits.realms() != 0) {
            out.u32(RTA_FLOW, traits.realms());
        }
        traits.preference().ifPresent(preference -> out.u8(RTA_PREF, preference));
        traits.expires().ifPresent(seconds -> out.u32(RTA_EXPIRES, seconds));
        traits.ttlPropagate().ifPresent(shown -> out.u8(RTA_TTL_PROPAGATE, shown ? 1 : 0));
    }

    private static void metrics(MessageWriter out, RouteMetrics metrics) {
        metrics.values().forEach(out::u32);
        metrics.congestionControl()
                .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                .ifPresent(name -> out.attribute(RouteMetrics.RTAX_CC_ALGO, name));
        if (metrics.locked() != 0) {
            out.u32(RouteMetrics.RTAX_LOCK, metrics.locked());
        }
    }

    private static void hops(MessageWriter out, Route route) {
        for (Route.NextHop hop : route.nextHops()) {
            out.sized(
                    () -> {
                        out.u8(flags(hop)).u8(hop.weight() - 1).u32(hop.index());
                        way(out, route.family(), hop);
                        if (hop.realms() != 0) {
                            out.u32(RTA_FLOW, hop.realms());
                        }
                    });
        }
    }

    private static void way(MessageWriter out, Family family, Route.NextHop hop) {
        hop.encapsulation().ifPresent(tunnel -> EncapsulationCodec.write(out, tunnel));
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

    /// Whether a table fits the one octet that the header has for it.
    private static boolean isShort(int table) {
        return Integer.compareUnsigned(table, TABLE_IN_HEADER_MAX) <= 0;
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
                        traits(header, attributes),
                        nextHops(attributes, header.u32(8))));
    }

    private static RouteTraits traits(Bytes header, Attributes attributes) {
        return new RouteTraits(
                header.u8(7),
                header.u8(6),
                header.u8(5),
                attributes.has(RTA_TABLE) ? attributes.u32(RTA_TABLE) : header.u8(4),
                header.u8(3),
                attributes.u32(RTA_PRIORITY),
                attributes.value(RTA_PREFSRC).address(),
                attributes.u32(RTA_FLOW),
                attributes.find(RTA_PREF).map(bytes -> bytes.u8(0)),
                attributes.find(RTA_EXPIRES).map(bytes -> bytes.u32(0)),
                attributes.find(RTA_TTL_PROPAGATE).map(bytes -> bytes.u8(0) != 0),
                metrics(attributes.nested(RTA_METRICS)));
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

    private static RouteMetrics metrics(Attributes attributes) {
        SortedMap<Integer, Integer> values = new TreeMap<>();
        for (Attribute one : attributes.all()) {
            if (one.type() != RouteMetrics.RTAX_CC_ALGO && one.type() != RouteMetrics.RTAX_LOCK) {
                values.put(one.type(), one.value().u32(0));
            }
        }
        return new RouteMetrics(
                values,
                attributes.u32(RouteMetrics.RTAX_LOCK),
                attributes.optionalText(RouteMetrics.RTAX_CC_ALGO));
    }

    private static List<Route.NextHop> nextHops(Attributes attributes, int flags) {
        List<Route.NextHop> hops = new ArrayList<>();
        if (attributes.has(RTA_OIF) || attributes.has(RTA_GATEWAY) || attributes.has(RTA_VIA)) {
            hops.add(hop(attributes.u32(RTA_OIF), attributes, 1, flags, 0));
        }
        Bytes several = attributes.value(RTA_MULTIPATH);
        int length = several.u16(0);
        while (length >= HOP_HEADER_BYTES && length <= several.size()) {
            Bytes hop = several.slice(0, length);
            Attributes own = Attributes.in(hop.from(HOP_HEADER_BYTES));
            hops.add(hop(hop.u32(4), own, hop.u8(3) + 1, hop.u8(2), own.u32(RTA_FLOW)));
            several = several.from(length + 3 & ~3);
            length = several.u16(0);
        }
        return hops;
    }

    private static Route.NextHop hop(
            int index, Attributes attributes, int weight, int flags, int realms) {
        Optional<IpAddress> via = attributes.value(RTA_VIA).from(2).address();
        Optional<IpAddress> gateway = attributes.value(RTA_GATEWAY).address().or(() -> via);
        return new Route.NextHop(
                index,
                gateway,
                weight,
                (flags & RTNH_F_ONLINK) != 0,
                EncapsulationCodec.read(attributes),
                realms);
    }
}
