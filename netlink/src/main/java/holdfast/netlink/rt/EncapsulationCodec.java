package holdfast.netlink.rt;

import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.netlink.Attributes;
import holdfast.netlink.Bytes;
import holdfast.netlink.MessageWriter;
import holdfast.routing.Encapsulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Light-weight tunnels as attributes (linux/lwtunnel.h).
final class EncapsulationCodec {

    private static final int RTA_ENCAP_TYPE = 21;
    private static final int RTA_ENCAP = 22;

    private static final int LWTUNNEL_ENCAP_MPLS = 1;
    private static final int LWTUNNEL_ENCAP_IP = 2;
    private static final int LWTUNNEL_ENCAP_ILA = 3;
    private static final int LWTUNNEL_ENCAP_IP6 = 4;

    /// The same numbers for IPv4 and IPv6 (`LWTUNNEL_IP_*`, `LWTUNNEL_IP6_*`).
    private static final int ID = 1;

    private static final int DST = 2;
    private static final int SRC = 3;
    private static final int TTL_OR_HOPLIMIT = 4;
    private static final int TOS_OR_TC = 5;
    private static final int FLAGS = 6;

    private static final int MPLS_IPTUNNEL_DST = 1;
    private static final int ILA_ATTR_LOCATOR = 1;

    private static final int LABEL_BYTES = 4;
    private static final int LABEL_SHIFT = 12;
    private static final int BOTTOM_OF_STACK = 0x100;

    private EncapsulationCodec() {}

    static void write(MessageWriter out, Encapsulation encapsulation) {
        out.nestMarked(RTA_ENCAP, () -> contents(out, encapsulation));
        out.u16(RTA_ENCAP_TYPE, type(encapsulation));
    }

    private static int type(Encapsulation encapsulation) {
        return switch (encapsulation) {
            case Encapsulation.Mpls _ -> LWTUNNEL_ENCAP_MPLS;
            case Encapsulation.Ip _ -> LWTUNNEL_ENCAP_IP;
            case Encapsulation.Ila _ -> LWTUNNEL_ENCAP_ILA;
            case Encapsulation.Ip6 _ -> LWTUNNEL_ENCAP_IP6;
        };
    }

    private static void contents(MessageWriter out, Encapsulation encapsulation) {
        switch (encapsulation) {
            case Encapsulation.Mpls(var labels) -> out.attribute(MPLS_IPTUNNEL_DST, stack(labels));
            case Encapsulation.Ila(long locator) -> out.bigU64(ILA_ATTR_LOCATOR, locator);
            case Encapsulation.Ip(var id, var to, var from, var ttl, var tos, var flags) ->
                    tunnel(out, id, to, from, ttl, tos, flags);
            case Encapsulation.Ip6(var id, var to, var from, var hops, var tc, var flags) ->
                    tunnel(out, id, to, from, hops, tc, flags);
        }
    }

    private static void tunnel(
            MessageWriter out,
            Optional<Long> id,
            Optional<? extends IpAddress> to,
            Optional<? extends IpAddress> from,
            Optional<Integer> ttl,
            Optional<Integer> tos,
            Optional<Integer> flags) {
        id.ifPresent(number -> out.bigU64(ID, number));
        to.ifPresent(address -> out.address(DST, address));
        from.ifPresent(address -> out.address(SRC, address));
        ttl.ifPresent(number -> out.u8(TTL_OR_HOPLIMIT, number));
        tos.ifPresent(number -> out.u8(TOS_OR_TC, number));
        flags.ifPresent(bits -> out.bigU16(FLAGS, bits));
    }

    /// Each label with its 3 bits of class and 8 of TTL at zero (RFC 3032, section 2.1).
    private static byte[] stack(List<Integer> labels) {
        byte[] octets = new byte[labels.size() * LABEL_BYTES];
        for (int i = 0; i < labels.size(); i++) {
            int entry = labels.get(i) << LABEL_SHIFT;
            entry |= i == labels.size() - 1 ? BOTTOM_OF_STACK : 0;
            for (int octet = 0; octet < LABEL_BYTES; octet++) {
                octets[i * LABEL_BYTES + octet] = (byte) (entry >>> 8 * (LABEL_BYTES - 1 - octet));
            }
        }
        return octets;
    }

    /// What stands in the attributes of a route or next hop; empty for other kinds of tunnels.
    static Optional<Encapsulation> read(Attributes attributes) {
        Attributes inner = attributes.nested(RTA_ENCAP);
        return switch (attributes.u16(RTA_ENCAP_TYPE)) {
            case LWTUNNEL_ENCAP_MPLS ->
                    Optional.of(new Encapsulation.Mpls(labels(inner.value(MPLS_IPTUNNEL_DST))));
            case LWTUNNEL_ENCAP_IP -> Optional.of(ip(inner));
            case LWTUNNEL_ENCAP_ILA ->
                    Optional.of(new Encapsulation.Ila(inner.value(ILA_ATTR_LOCATOR).bigU64(0)));
            case LWTUNNEL_ENCAP_IP6 -> Optional.of(ip6(inner));
            default -> Optional.empty();
        };
    }

    private static Encapsulation ip(Attributes inner) {
        return new Encapsulation.Ip(
                inner.find(ID).map(bytes -> bytes.bigU64(0)),
                inner.value(DST).address().flatMap(EncapsulationCodec::inet),
                inner.value(SRC).address().flatMap(EncapsulationCodec::inet),
                inner.find(TTL_OR_HOPLIMIT).map(bytes -> bytes.u8(0)),
                inner.find(TOS_OR_TC).map(bytes -> bytes.u8(0)),
                inner.find(FLAGS).map(bytes -> bytes.bigU16(0)));
    }

    private static Encapsulation ip6(Attributes inner) {
        return new Encapsulation.Ip6(
                inner.find(ID).map(bytes -> bytes.bigU64(0)),
                inner.value(DST).address().flatMap(EncapsulationCodec::inet6),
                inner.value(SRC).address().flatMap(EncapsulationCodec::inet6),
                inner.find(TTL_OR_HOPLIMIT).map(bytes -> bytes.u8(0)),
                inner.find(TOS_OR_TC).map(bytes -> bytes.u8(0)),
                inner.find(FLAGS).map(bytes -> bytes.bigU16(0)));
    }

    private static Optional<Ipv4Address> inet(IpAddress address) {
        return address instanceof Ipv4Address inet ? Optional.of(inet) : Optional.empty();
    }

    private static Optional<Ipv6Address> inet6(IpAddress address) {
        return address instanceof Ipv6Address inet6 ? Optional.of(inet6) : Optional.empty();
    }

    private static List<Integer> labels(Bytes stack) {
        List<Integer> labels = new ArrayList<>();
        for (int at = 0; at + LABEL_BYTES <= stack.size(); at += LABEL_BYTES) {
            labels.add(stack.bigU16(at) << 4 | stack.u8(at + 2) >>> 4);
        }
        return labels;
    }
}
