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
    private static final int FRA_TABLE = 15;
    private static final int FRA_FWMASK = 16;
    private static final int FRA_OIFNAME = 17;
    private static final int FRA_PROTOCOL = 21;

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
        out.begin(type, flags, sequence);
        out.u8(rule.family().number());
        out.u8(rule.to().map(IpPrefix::length).orElse(0));
        out.u8(rule.from().map(IpPrefix::length).orElse(0));
        out.u8(rule.tos());
        out.u8(rule.table() <= TABLE_IN_HEADER_MAX ? rule.table() : 0).u16(0).u8(rule.action());
        out.u32(rule.inverted() ? FIB_RULE_INVERT : 0);
        rule.from().ifPresent(from -> out.address(FRA_SRC, from.address()));
        rule.to().ifPresent(to -> out.address(FRA_DST, to.address()));
        rule.inputInterface().ifPresent(name -> out.text(FRA_IIFNAME, name));
        rule.outputInterface().ifPresent(name -> out.text(FRA_OIFNAME, name));
        if (rule.markMask() != 0) {
            out.u32(FRA_FWMARK, rule.mark()).u32(FRA_FWMASK, rule.markMask());
        }
        if (rule.table() > TABLE_IN_HEADER_MAX) {
            out.u32(FRA_TABLE, rule.table());
        }
        if (rule.action() == Rule.FR_ACT_GOTO) {
            out.u32(FRA_GOTO, rule.target());
        }
        out.u32(FRA_PRIORITY, rule.priority());
        if (rule.protocol() != 0) {
            out.u8(FRA_PROTOCOL, rule.protocol());
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
                        (header.u32(8) & FIB_RULE_INVERT) != 0,
                        prefix(attributes, FRA_SRC, family.get(), header.u8(2)),
                        prefix(attributes, FRA_DST, family.get(), header.u8(1)),
                        attributes.optionalText(FRA_IIFNAME),
                        attributes.optionalText(FRA_OIFNAME),
                        header.u8(3),
                        attributes.u32(FRA_FWMARK),
                        attributes.u32(FRA_FWMASK),
                        header.u8(7),
                        attributes.has(FRA_TABLE) ? attributes.u32(FRA_TABLE) : header.u8(4),
                        attributes.u32(FRA_GOTO),
                        attributes.u32(FRA_PRIORITY),
                        attributes.u8(FRA_PROTOCOL)));
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
