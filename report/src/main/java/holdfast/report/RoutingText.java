package holdfast.report;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.routing.Encapsulation;
import holdfast.routing.RouteMetrics;
import holdfast.routing.RouteTraits;
import holdfast.routing.Rule;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Routes and rules as dumps print them: nearly as they were written, with numbers for names.
public final class RoutingText {

    private RoutingText() {}

    /// `prepend 10.20.0.0/24 via inet 10.0.0.2 dev eth0 proto 18`.
    public static String of(Routing routing) {
        return switch (routing) {
            case RouteSpec route -> of(route);
            case RuleSpec rule -> of(rule);
        };
    }

    /// The same with the word for what it is, as it stands in a sentence.
    public static String named(Routing routing) {
        return switch (routing) {
            case RouteSpec route -> "route " + of(route);
            case RuleSpec rule -> "rule " + of(rule);
        };
    }

    private static String of(RouteSpec route) {
        StringBuilder out = new StringBuilder();
        out.append(
                switch (route.placing()) {
                    case PREPEND -> "prepend ";
                    case APPEND -> "append ";
                    case ALONE -> "add ";
                });
        out.append(type(route.traits().type())).append(prefix(route.destination()));
        route.source().ifPresent(source -> add(out, "from", source));
        route.traits().preferredSource().ifPresent(source -> add(out, "src", source));
        number(out, "tos", route.traits().tos());
        if (route.ways().size() == 1) {
            way(out, route.ways().getFirst());
        }
        if (route.traits().table() != RouteTraits.RT_TABLE_MAIN) {
            add(out, "table", Integer.toUnsignedString(route.traits().table()));
        }
        route.vrf().ifPresent(vrf -> add(out, "vrf", vrf));
        number(out, "proto", route.traits().protocol());
        number(out, "scope", route.traits().scope());
        if (route.traits().metric() != 0) {
            add(out, "metric", Integer.toUnsignedString(route.traits().metric()));
        }
        realms(out, route.traits().realms());
        if (route.ways().size() == 1 && route.ways().getFirst().onLink()) {
            out.append(" onlink");
        }
        traits(out, route.traits());
        if (route.ways().size() > 1) {
            ways(out, route.ways());
        }
        return out.append(route.tracked() ? "" : " no_track").toString();
    }

    private static void way(StringBuilder out, RouteSpec.Way way) {
        way.encapsulation().ifPresent(tunnel -> encapsulation(out, tunnel));
        way.gateway().ifPresent(gateway -> add(out, "via " + family(gateway), gateway));
        way.interfaceName().ifPresent(name -> add(out, "dev", name));
    }

    private static void ways(StringBuilder out, List<RouteSpec.Way> ways) {
        for (RouteSpec.Way way : ways) {
            out.append(" nexthop");
            way(out, way);
            if (way.weight() != 1) {
                add(out, "weight", way.weight());
            }
            out.append(way.onLink() ? " onlink" : "");
            realms(out, way.realms());
        }
    }

    private static void traits(StringBuilder out, RouteTraits traits) {
        traits.expires()
                .ifPresent(time -> add(out, "expires", Integer.toUnsignedString(time) + "sec"));
        metrics(out, traits.metrics());
        traits.preference().ifPresent(value -> add(out, "pref", preference(value)));
        traits.ttlPropagate()
                .ifPresent(shown -> add(out, "ttl-propagate", shown ? "enabled" : "disabled"));
    }

    private static void metrics(StringBuilder out, RouteMetrics metrics) {
        metrics.congestionControl()
                .ifPresent(
                        name ->
                                add(
                                        out,
                                        "congctl" + lock(metrics, RouteMetrics.RTAX_CC_ALGO),
                                        name));
        metrics.values()
                .forEach(
                        (number, value) ->
                                add(
                                        out,
                                        metric(number) + lock(metrics, number),
                                        value(number, value)));
    }

    private static String lock(RouteMetrics metrics, int number) {
        return metrics.isLocked(number) ? " lock" : "";
    }

    private static String metric(int number) {
        return switch (number) {
            case RouteMetrics.RTAX_MTU -> "mtu";
            case RouteMetrics.RTAX_WINDOW -> "window";
            case RouteMetrics.RTAX_RTT -> "rtt";
            case RouteMetrics.RTAX_RTTVAR -> "rttvar";
            case RouteMetrics.RTAX_SSTHRESH -> "ssthresh";
            case RouteMetrics.RTAX_CWND -> "cwnd";
            case RouteMetrics.RTAX_ADVMSS -> "advmss";
            case RouteMetrics.RTAX_REORDERING -> "reordering";
            case RouteMetrics.RTAX_HOPLIMIT -> "hoplimit";
            case RouteMetrics.RTAX_INITCWND -> "initcwnd";
            case RouteMetrics.RTAX_FEATURES -> "features";
            case RouteMetrics.RTAX_RTO_MIN -> "rto_min";
            case RouteMetrics.RTAX_INITRWND -> "initrwnd";
            case RouteMetrics.RTAX_QUICKACK -> "quickack";
            case RouteMetrics.RTAX_FASTOPEN_NO_COOKIE -> "fastopen_no_cookie";
            default -> "metric" + number;
        };
    }

    /// Times are kept in eighths, quarters, and wholes of a millisecond.
    private static String value(int number, int value) {
        return switch (number) {
            case RouteMetrics.RTAX_RTT -> value / 8 + "ms";
            case RouteMetrics.RTAX_RTTVAR -> value / 4 + "ms";
            case RouteMetrics.RTAX_RTO_MIN -> value + "ms";
            case RouteMetrics.RTAX_FEATURES -> value == 1 ? "ecn" : Integer.toString(value);
            default -> Integer.toUnsignedString(value);
        };
    }

    private static String preference(int value) {
        return switch (value) {
            case 0 -> "medium";
            case 1 -> "high";
            case 3 -> "low";
            default -> Integer.toString(value);
        };
    }

    private static void encapsulation(StringBuilder out, Encapsulation tunnel) {
        switch (tunnel) {
            case Encapsulation.Mpls(var labels) ->
                    add(
                            out,
                            "encap mpls",
                            labels.stream().map(String::valueOf).collect(Collectors.joining("/")));
            case Encapsulation.Ila(long locator) ->
                    add(
                            out,
                            "encap ila",
                            "%x:%x:%x:%x"
                                    .formatted(
                                            locator >>> 48,
                                            locator >>> 32 & 0xffff,
                                            locator >>> 16 & 0xffff,
                                            locator & 0xffff));
            case Encapsulation.Ip(var id, var to, var from, var ttl, var tos, var flags) -> {
                out.append(" encap ip");
                id.ifPresent(number -> add(out, "id", number));
                to.ifPresent(address -> add(out, "dst", address));
                from.ifPresent(address -> add(out, "src", address));
                tos.ifPresent(number -> add(out, "tos", number));
                ttl.ifPresent(number -> add(out, "ttl", number));
                flags.ifPresent(bits -> add(out, "flags", hex(bits)));
            }
            case Encapsulation.Ip6(var id, var to, var from, var hops, var tc, var flags) -> {
                out.append(" encap ip6");
                id.ifPresent(number -> add(out, "id", number));
                to.ifPresent(address -> add(out, "dst", address));
                from.ifPresent(address -> add(out, "src", address));
                tc.ifPresent(number -> add(out, "tc", number));
                hops.ifPresent(number -> add(out, "hoplimit", number));
                flags.ifPresent(bits -> add(out, "flags", hex(bits)));
            }
        }
    }

    private static String of(RuleSpec spec) {
        Rule rule = spec.rule();
        Rule.Match match = rule.match();
        StringBuilder out = new StringBuilder();
        out.append(match.inverted() ? "not from " : "from ");
        out.append(match.from().map(RoutingText::prefix).orElse("all"));
        match.to().ifPresent(to -> add(out, "to", prefix(to)));
        add(out, "priority", Integer.toUnsignedString(rule.priority()));
        add(out, "tos", hex(match.tos()));
        mark(out, match.mark());
        match.inputInterface().ifPresent(name -> add(out, "iif", name));
        match.outputInterface().ifPresent(name -> add(out, "oif", name));
        rule.action().suppressLength().ifPresent(value -> add(out, "suppress_prefixlen", value));
        rule.action().suppressGroup().ifPresent(value -> add(out, "suppress_ifgroup", value));
        if (match.tunnel() != 0) {
            add(out, "tunnel-id", match.tunnel());
        }
        range(out, "uidrange", match.users());
        add(out, "protocol", rule.protocol());
        number(out, "ipproto", match.ipProtocol());
        range(out, "sport", match.sourcePorts());
        range(out, "dport", match.destinationPorts());
        realms(out, rule.action().realms());
        out.append(action(rule.action()));
        return out.append(spec.tracked() ? "" : " no_track").toString();
    }

    private static String action(Rule.Action action) {
        return switch (action.kind()) {
            case Rule.FR_ACT_TO_TBL ->
                    action.ofDevice()
                            ? " l3mdev"
                            : " lookup " + Integer.toUnsignedString(action.table());
            case Rule.FR_ACT_GOTO -> " goto " + Integer.toUnsignedString(action.target());
            case Rule.FR_ACT_NOP -> " nop";
            case Rule.FR_ACT_BLACKHOLE -> " type blackhole";
            case Rule.FR_ACT_UNREACHABLE -> " type unreachable";
            case Rule.FR_ACT_PROHIBIT -> " type prohibit";
            default -> " type " + action.kind();
        };
    }

    private static void mark(StringBuilder out, Rule.Mark mark) {
        if (mark.mask() != 0) {
            String mask = mark.mask() == -1 ? "" : "/" + hex(mark.mask());
            add(out, "fwmark", hex(mark.value()) + mask);
        }
    }

    private static void range(StringBuilder out, String name, Optional<Rule.Range> range) {
        range.ifPresent(
                found ->
                        add(
                                out,
                                name,
                                Integer.toUnsignedString(found.first())
                                        + "-"
                                        + Integer.toUnsignedString(found.last())));
    }

    private static String type(int type) {
        return switch (type) {
            case RouteTraits.RTN_UNICAST -> "";
            case RouteTraits.RTN_LOCAL -> "local ";
            case RouteTraits.RTN_BROADCAST -> "broadcast ";
            case RouteTraits.RTN_ANYCAST -> "anycast ";
            case RouteTraits.RTN_MULTICAST -> "multicast ";
            case RouteTraits.RTN_BLACKHOLE -> "blackhole ";
            case RouteTraits.RTN_UNREACHABLE -> "unreachable ";
            case RouteTraits.RTN_PROHIBIT -> "prohibit ";
            case RouteTraits.RTN_THROW -> "throw ";
            case RouteTraits.RTN_NAT -> "nat ";
            case RouteTraits.RTN_XRESOLVE -> "xresolve ";
            default -> type + " ";
        };
    }

    /// An address alone needs no length.
    private static String prefix(IpPrefix prefix) {
        return prefix.length() == prefix.address().family().bits()
                ? prefix.address().toString()
                : prefix.toString();
    }

    private static String family(IpAddress address) {
        return address.family() == Family.INET ? "inet" : "inet6";
    }

    private static void realms(StringBuilder out, int realms) {
        if (realms != 0) {
            String source = realms >>> 16 == 0 ? "" : (realms >>> 16) + "/";
            add(out, "realms", source + (realms & 0xffff));
        }
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    private static void number(StringBuilder out, String name, int value) {
        if (value != 0) {
            add(out, name, value);
        }
    }

    private static void add(StringBuilder out, String name, Object value) {
        out.append(' ').append(name).append(' ').append(value);
    }
}
