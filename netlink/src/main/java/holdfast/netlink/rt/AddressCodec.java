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
import java.util.Optional;

/// Addresses on interfaces as messages (struct ifaddrmsg).
public final class AddressCodec {

    private static final int HEADER_BYTES = 8;

    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_LABEL = 3;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_CACHEINFO = 6;
    private static final int IFA_FLAGS = 8;
    private static final int IFA_PROTO = 11;

    /// The header has one octet for flags; IFA_FLAGS came when it was full.
    private static final int HEADER_FLAGS = 0xff;

    private AddressCodec() {}

    /// `ip address show`, both families and all interfaces.
    public static void dump(MessageWriter out, int sequence) {
        out.begin(RtNotice.RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, sequence).zeros(HEADER_BYTES);
    }

    /// `ip address add`; refused with EEXIST when it is there.
    public static void add(MessageWriter out, int sequence, InterfaceAddress address) {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
        write(out, RtNotice.RTM_NEWADDR, flags, sequence, address);
    }

    /// `ip address replace`: adds it, or changes flags and lifetimes of the one that is there.
    public static void replace(MessageWriter out, int sequence, InterfaceAddress address) {
        int flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;
        write(out, RtNotice.RTM_NEWADDR, flags, sequence, address);
    }

    /// `ip address delete`; refused with EADDRNOTAVAIL when it is not there.
    public static void delete(MessageWriter out, int sequence, InterfaceAddress address) {
        InterfaceAddress named =
                new InterfaceAddress(
                        address.index(),
                        address.prefix(),
                        address.peer(),
                        Optional.empty(),
                        address.label(),
                        0,
                        0,
                        0,
                        InterfaceAddress.FOREVER,
                        InterfaceAddress.FOREVER);
        write(out, RtNotice.RTM_DELADDR, NLM_F_REQUEST | NLM_F_ACK, sequence, named);
    }

    private static void write(
            MessageWriter out, int type, int flags, int sequence, InterfaceAddress address) {
        IpAddress local = address.address();
        boolean flagsFit = (address.flags() & ~HEADER_FLAGS) == 0;
        out.begin(type, flags, sequence);
        out.u8(local.family().number()).u8(address.prefix().length());
        out.u8(flagsFit ? address.flags() : 0).u8(address.scope()).u32(address.index());
        out.address(IFA_LOCAL, local);
        address.label().ifPresent(label -> out.text(IFA_LABEL, label));
        address.broadcast().ifPresent(broadcast -> out.address(IFA_BROADCAST, broadcast));
        out.address(IFA_ADDRESS, address.peer().orElse(local));
        if (address.preferredSeconds() != InterfaceAddress.FOREVER
                || address.validSeconds() != InterfaceAddress.FOREVER) {
            out.nest(
                    IFA_CACHEINFO,
                    () ->
                            out.u32((int) address.preferredSeconds())
                                    .u32((int) address.validSeconds())
                                    .zeros(8));
        }
        if (!flagsFit) {
            out.u32(IFA_FLAGS, address.flags());
        }
        if (address.protocol() != 0) {
            out.u8(IFA_PROTO, address.protocol());
        }
    }

    static Optional<InterfaceAddress> decode(Message message) {
        Bytes header = message.payload();
        Attributes attributes = message.attributes(HEADER_BYTES);
        Optional<Family> family = RtFamily.of(header.u8(0));
        Optional<IpAddress> far = address(attributes, IFA_ADDRESS, family);
        // IPv6 has IFA_LOCAL only where there is a peer.
        Optional<IpAddress> local = address(attributes, IFA_LOCAL, family).or(() -> far);
        if (header.size() < HEADER_BYTES
                || local.isEmpty()
                || header.u8(1) > local.get().family().bits()) {
            return Optional.empty();
        }
        Bytes cacheInfo = attributes.value(IFA_CACHEINFO);
        boolean timed = cacheInfo.size() >= 8;
        return Optional.of(
                new InterfaceAddress(
                        header.u32(4),
                        new IpPrefix(local.get(), header.u8(1)),
                        far.filter(address -> !address.equals(local.get())),
                        address(attributes, IFA_BROADCAST, family),
                        attributes.optionalText(IFA_LABEL),
                        header.u8(3),
                        attributes.has(IFA_FLAGS) ? attributes.u32(IFA_FLAGS) : header.u8(2),
                        attributes.u8(IFA_PROTO),
                        timed ? cacheInfo.u32(0) & 0xffff_ffffL : InterfaceAddress.FOREVER,
                        timed ? cacheInfo.u32(4) & 0xffff_ffffL : InterfaceAddress.FOREVER));
    }

    private static Optional<IpAddress> address(
            Attributes attributes, int type, Optional<Family> family) {
        return attributes
                .value(type)
                .address()
                .filter(found -> family.isPresent() && found.family() == family.get());
    }
}
