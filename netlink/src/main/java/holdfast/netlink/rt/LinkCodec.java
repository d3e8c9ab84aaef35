package holdfast.netlink.rt;

import static holdfast.netlink.MessageWriter.NLM_F_ACK;
import static holdfast.netlink.MessageWriter.NLM_F_CREATE;
import static holdfast.netlink.MessageWriter.NLM_F_DUMP;
import static holdfast.netlink.MessageWriter.NLM_F_EXCL;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.net.MacAddress;
import holdfast.netlink.Attributes;
import holdfast.netlink.Bytes;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.util.Optional;

/// Links as messages (struct ifinfomsg).
public final class LinkCodec {

    private static final int AF_UNSPEC = 0;
    private static final int AF_PACKET = 17;
    private static final int HEADER_BYTES = 16;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_BROADCAST = 2;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_OPERSTATE = 16;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_GROUP = 27;
    private static final int IFLA_EXT_MASK = 29;
    private static final int IFLA_CARRIER = 33;
    private static final int IFLA_LINK_NETNSID = 37;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_MACVLAN_MODE = 1;
    private static final int IFLA_VRF_TABLE = 1;
    private static final Optional<String> VRF = Optional.of("vrf");

    private static final int IFLA_IPVLAN_MODE = 1;
    private static final int IFLA_IPVLAN_FLAGS = 2;
    private static final int IPVLAN_MODE_L2 = 0;

    /// `RTEXT_FILTER_SKIP_STATS`: counters are most of an answer, and nobody here reads them.
    private static final int SKIP_STATS = 8;

    private LinkCodec() {}

    /// `ip link show`.
    public static void dump(MessageWriter out, int sequence) {
        header(out, RtNotice.RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, sequence, AF_PACKET, 0, 0, 0);
        out.u32(IFLA_EXT_MASK, SKIP_STATS);
    }

    /// `ip link show dev`; the answer is one link, or a refusal.
    public static void query(MessageWriter out, int sequence, int index) {
        header(out, RtNotice.RTM_GETLINK, NLM_F_REQUEST, sequence, AF_UNSPEC, index, 0, 0);
        out.u32(IFLA_EXT_MASK, SKIP_STATS);
    }

    /// `ip link set dev up` or `down`.
    public static void set(MessageWriter out, int sequence, int index, boolean up) {
        header(
                out,
                RtNotice.RTM_NEWLINK,
                NLM_F_REQUEST | NLM_F_ACK,
                sequence,
                AF_UNSPEC,
                index,
                up ? Link.IFF_UP : 0,
                Link.IFF_UP);
    }

    /// `ip link add link PARENT name NAME address MAC type macvlan mode private`.
    public static void addMacvlan(
            MessageWriter out, int sequence, String name, int parent, MacAddress mac) {
        create(out, sequence);
        out.attribute(IFLA_ADDRESS, mac.octets());
        out.u32(IFLA_LINK, parent);
        out.text(IFLA_IFNAME, name);
        out.nest(
                IFLA_LINKINFO,
                () -> {
                    out.attribute(IFLA_INFO_KIND, new byte[] {'m', 'a', 'c', 'v', 'l', 'a', 'n'});
                    out.nest(
                            IFLA_INFO_DATA,
                            () -> out.u32(IFLA_MACVLAN_MODE, Link.MACVLAN_MODE_PRIVATE));
                });
    }

    /// `ip link add link PARENT name NAME type ipvlan mode l2 [bridge|private|vepa]`.
    ///
    /// @param flags 0 for bridge, or [Link#IPVLAN_F_PRIVATE] or [Link#IPVLAN_F_VEPA]
    public static void addIpvlan(
            MessageWriter out, int sequence, String name, int parent, int flags) {
        create(out, sequence);
        out.u32(IFLA_LINK, parent);
        out.text(IFLA_IFNAME, name);
        out.nest(
                IFLA_LINKINFO,
                () -> {
                    out.attribute(IFLA_INFO_KIND, new byte[] {'i', 'p', 'v', 'l', 'a', 'n'});
                    out.nest(
                            IFLA_INFO_DATA,
                            () -> {
                                out.u16(IFLA_IPVLAN_MODE, IPVLAN_MODE_L2);
                                out.u16(IFLA_IPVLAN_FLAGS, flags >>> 16);
                            });
                });
    }

    private static void create(MessageWriter out, int sequence) {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_EXCL | NLM_F_CREATE;
        header(out, RtNotice.RTM_NEWLINK, flags, sequence, AF_UNSPEC, 0, 0, 0);
    }

    /// `ip link set dev master`; 0 for none.
    public static void setMaster(MessageWriter out, int sequence, int index, int master) {
        change(out, sequence, index);
        out.u32(IFLA_MASTER, master);
    }

    /// `ip link set dev group`. Everybody hears of the link anew, even if nothing changes.
    public static void setGroup(MessageWriter out, int sequence, int index, int group) {
        change(out, sequence, index);
        out.u32(IFLA_GROUP, group);
    }

    private static void change(MessageWriter out, int sequence, int index) {
        int flags = NLM_F_REQUEST | NLM_F_ACK;
        header(out, RtNotice.RTM_NEWLINK, flags, sequence, AF_UNSPEC, index, 0, 0);
    }

    /// `ip link delete`.
    public static void delete(MessageWriter out, int sequence, int index) {
        header(
                out,
                RtNotice.RTM_DELLINK,
                NLM_F_REQUEST | NLM_F_ACK,
                sequence,
                AF_UNSPEC,
                index,
                0,
                0);
    }

    private static void header(
            MessageWriter out,
            int type,
            int requestFlags,
            int sequence,
            int family,
            int index,
            int flags,
            int change) {
        out.begin(type, requestFlags, sequence);
        out.u8(family).u8(0).u16(0).u32(index).u32(flags).u32(change);
    }

    /// Empty for a message that is no link of its own, such as a bridge's word on a port.
    static Optional<Link> decode(Message message) {
        Bytes header = message.payload();
        Attributes attributes = message.attributes(HEADER_BYTES);
        if (header.size() < HEADER_BYTES
                || header.u8(0) != AF_UNSPEC
                || attributes.text(IFLA_IFNAME).isEmpty()) {
            return Optional.empty();
        }
        byte[] mac = attributes.value(IFLA_ADDRESS).octets();
        Attributes info = attributes.nested(IFLA_LINKINFO);
        Optional<String> kind = info.optionalText(IFLA_INFO_KIND);
        return Optional.of(
                new Link(
                        header.u32(4),
                        attributes.text(IFLA_IFNAME),
                        header.u16(2),
                        header.u32(8),
                        OperState.of(attributes.u8(IFLA_OPERSTATE)),
                        !attributes.has(IFLA_CARRIER) || attributes.u8(IFLA_CARRIER) != 0,
                        attributes.u32(IFLA_MTU),
                        mac.length == MacAddress.BYTES
                                ? Optional.of(MacAddress.of(mac))
                                : Optional.empty(),
                        Link.Infiniband.of(
                                header.u16(2), mac, attributes.value(IFLA_BROADCAST).octets()),
                        kind,
                        attributes.u32(IFLA_MASTER),
                        attributes.u32(IFLA_LINK),
                        attributes.has(IFLA_LINK_NETNSID),
                        kind.equals(VRF) ? info.nested(IFLA_INFO_DATA).u32(IFLA_VRF_TABLE) : 0,
                        attributes.u32(IFLA_GROUP),
                        mode(kind.orElse(""), info.nested(IFLA_INFO_DATA))));
    }

    private static int mode(String kind, Attributes data) {
        return switch (kind) {
            case "macvlan" -> data.u32(IFLA_MACVLAN_MODE);
            case "ipvlan" -> data.u16(IFLA_IPVLAN_MODE) | data.u16(IFLA_IPVLAN_FLAGS) << 16;
            default -> 0;
        };
    }
}
