package holdfast.netlink.rt;

import static holdfast.netlink.MessageWriter.NLM_F_ACK;
import static holdfast.netlink.MessageWriter.NLM_F_CREATE;
import static holdfast.netlink.MessageWriter.NLM_F_DUMP;
import static holdfast.netlink.MessageWriter.NLM_F_EXCL;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.netlink.Attributes;
import holdfast.netlink.Bytes;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.routing.Rule;
import java.util.Optional;

/// Rules as messages (struct fib_rule_hdr).
public final class RuleCodec {

    private static final int HEADER_BYTES = 12;

    private static final int FRA_DST = 1;
    private static final int FRA_SRC = 2;
    private static final int FRA_IIFNAME = 3;
    private static final int FRA_GOTO = 4;
    private static final int FRA_PRIORITY = 6;
    private static final int FRA_FWMARK = 10;
    private static final int FRA_FLOW = 11;
    private static final int FRA_TUN_ID = 12;
    private static final int FRA_SUPPRESS_IFGROUP = 13;
    private static final int FRA_SUPPRESS_PREFIXLEN = 14;
    private static final int FRA_TABLE = 15;
    private static final int FRA_FWMASK = 16;
    private static final int FRA_OIFNAME = 17;
    private static final int FRA_L3MDEV = 19;
    private static final int FRA_UID_RANGE = 20;
    private static final int FRA_PROTOCOL = 21;
    private static final int FRA_IP_PROTO = 22;
    private static final int FRA_SPORT_RANGE = 23;
    private static final int FRA_DPORT_RANGE = 24;

    private static final int FIB_RULE_INVERT = 2;
    private static final int TABLE_IN_HEADER_MAX = 255;

    private RuleCodec() {}

    /// `ip rule show` of one family.
    public static void dump(MessageWriter out, int sequence, Family family) {
        out.begin(RtNotice.RTM_GETRULE, NLM_F_REQUEST | NLM_F_DUMP, sequence);
        out.u8(family.number()).zeros(HEADER_BYTES - 1);
    }

    /// `ip rule add`; refused with EEXIST when there is the same already.
    public static void add(MessageWriter out, int sequence, Rule rule) {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
        write(out, RtNotice.RTM_NEWRULE, flags, sequence, rule);
    }

    /// `ip rule delete`; refused with ENOENT when there is none such.
    public static void delete(MessageWriter out, int sequence, Rule rule) {
        write(out, RtNotice.RTM_DELRULE, NLM_F_REQUEST | NLM_F_ACK, sequence, rule);
    }

    private static void write(MessageWriter out, int type, int flags, int sequence, Rule rule) {
        Rule.Match match = rule.match();
        Rule.Action action = rule.action();
        boolean shortTable = Integer.compareUnsigned(action.table(), TABLE_IN_HEADER_MAX) <= 0;
        out.begin(type, flags, sequence);
        out.u8(rule.family().number());
        out.u8(match.to().map(IpPrefix::length).orElse(0));
        out.u8(match.from().map(IpPrefix::length).orElse(0));
        out.u8(match.tos());
        out.u8(shortTable ? action.table() : 0).u16(0).u8(action.kind());
        out.u32(match.inverted() ? FIB_RULE_INVERT : 0);
        match(out, match);
        action(out, action);
        if (!shortTable) {
            out.u32(FRA_TABLE, action.table());
        }
        if (action.kind() == Rule.FR_ACT_GOTO) {
            out.u32(FRA_GOTO, action.target());
        }
        out.u32(FRA_PRIORITY, rule.priority());
        if (rule.protocol() != 0) {
            out.u8(FRA_PROTOCOL, rule.protocol());
        }
    }

    private static void match(MessageWriter out, Rule.Match match) {
        match.from().ifPresent(from -> out.address(FRA_SRC, from.address()));
        match.to().ifPresent(to -> out.address(FRA_DST, to.address()));
        match.inputInterface().ifPresent(name -> out.text(FRA_IIFNAME, name));
        match.outputInterface().ifPresent(name -> out.text(FRA_OIFNAME, name));
        if (match.mark().mask() != 0) {
            out.u32(FRA_FWMARK, match.mark().value()).u32(FRA_FWMASK, match.mark().mask());
        }
        match.users()
                .ifPresent(
                        users ->
                                out.nest(
                                        FRA_UID_RANGE,
                                        () -> out.u32(users.first()).u32(users.last())));
        if (match.ipProtocol() != 0) {
            out.u8(FRA_IP_PROTO, match.ipProtocol());
        }
        match.sourcePorts().ifPresent(range -> ports(out, FRA_SPORT_RANGE, range));
        match.destinationPorts().ifPresent(range -> ports(out, FRA_DPORT_RANGE, range));
        if (match.tunnel() != 0) {
            out.bigU64(FRA_TUN_ID, match.tunnel());
        }
    }

    private static void ports(MessageWriter out, int type, Rule.Range range) {
        out.nest(type, () -> out.u16(range.first()).u16(range.last()));
    }

    private static void action(MessageWriter out, Rule.Action action) {
        if (action.realms() != 0) {
            out.u32(FRA_FLOW, action.realms());
        }
        action.suppressLength().ifPresent(length -> out.u32(FRA_SUPPRESS_PREFIXLEN, length));
        action.suppressGroup().ifPresent(group -> out.u32(FRA_SUPPRESS_IFGROUP, group));
        if (action.ofDevice()) {
            out.u8(FRA_L3MDEV, 1);
        }
    }

    static Optional<Rule> decode(Message message) {
        Bytes header = message.payload();
        Attributes attributes = message.attributes(HEADER_BYTES);
        Optional<Family> family = RtFamily.of(header.u8(0));
        if (header.size() < HEADER_BYTES || family.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Rule(
                        family.get(),
                        attributes.u32(FRA_PRIORITY),
                        match(header, attributes, family.get()),
                        action(header, attributes),
                        attributes.u8(FRA_PROTOCOL)));
    }

    private static Rule.Match match(Bytes header, Attributes attributes, Family family) {
        return new Rule.Match(
                (header.u32(8) & FIB_RULE_INVERT) != 0,
                prefix(attributes, FRA_SRC, family, header.u8(2)),
                prefix(attributes, FRA_DST, family, header.u8(1)),
                attributes.optionalText(FRA_IIFNAME),
                attributes.optionalText(FRA_OIFNAME),
                header.u8(3),
                new Rule.Mark(attributes.u32(FRA_FWMARK), attributes.u32(FRA_FWMASK)),
                attributes.find(FRA_UID_RANGE).map(range -> range(range.u32(0), range.u32(4))),
                attributes.u8(FRA_IP_PROTO),
                attributes.find(FRA_SPORT_RANGE).map(range -> range(range.u16(0), range.u16(2))),
                attributes.find(FRA_DPORT_RANGE).map(range -> range(range.u16(0), range.u16(2))),
                attributes.value(FRA_TUN_ID).bigU64(0));
    }

    private static Rule.Range range(int first, int last) {
        return new Rule.Range(first, last);
    }

    private static Rule.Action action(Bytes header, Attributes attributes) {
        return new Rule.Action(
                header.u8(7),
                attributes.has(FRA_TABLE) ? attributes.u32(FRA_TABLE) : header.u8(4),
                attributes.u32(FRA_GOTO),
                attributes.u8(FRA_L3MDEV) != 0,
                attributes.u32(FRA_FLOW),
                limit(attributes, FRA_SUPPRESS_PREFIXLEN),
                limit(attributes, FRA_SUPPRESS_IFGROUP));
    }

    /// The kernel says -1 for no limit.
    private static Optional<Integer> limit(Attributes attributes, int type) {
        return attributes.find(type).map(bytes -> bytes.u32(0)).filter(limit -> limit >= 0);
    }

    private static Optional<IpPrefix> prefix(
            Attributes attributes, int type, Family family, int length) {
        return attributes
                .value(type)
                .address()
                .filter(found -> found.family() == family && length <= family.bits())
                .map(found -> new IpPrefix(found, length));
    }
}
