package holdfast.netlink.conntrack;

import static holdfast.netlink.MessageWriter.NLM_F_DUMP;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.Attributes;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.util.Optional;

/// A tracked connection whose destination is translated.
///
/// @param protocol the number of the protocol
/// @param service where the client sent its first packet
/// @param server who answers
/// @param active whether it is established, or its protocol knows no such state
/// @param id nearly always its own, as long as it lasts
public record Translated(int protocol, Endpoint service, Endpoint server, boolean active, int id) {

    private static final int SUBSYSTEM = 1;
    private static final int NEW = 0;
    private static final int GET = 1;

    /// struct nfgenmsg.
    private static final int HEADER_BYTES = 4;

    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int STATUS = 3;
    private static final int ID = 12;
    private static final int STATUS_MASK = 26;
    private static final int PROTOCOL_INFO = 4;

    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int PROTOCOL_NUMBER = 1;
    private static final int SOURCE_PORT = 2;
    private static final int DESTINATION_PORT = 3;

    private static final int INFO_TCP = 1;
    private static final int INFO_SCTP = 3;
    private static final int INFO_STATE = 1;

    /// `IPS_DST_NAT`.
    private static final int DESTINATION_TRANSLATED = 1 << 5;

    private static final int TCP = 6;
    private static final int SCTP = 132;
    private static final int TCP_ESTABLISHED = 3;
    private static final int SCTP_ESTABLISHED = 4;

    /// Asks for all of a family. Kernels before 5.17 list those that are not translated, too.
    public static void list(MessageWriter out, int sequence, Family family) {
        out.begin(SUBSYSTEM << 8 | GET, NLM_F_REQUEST | NLM_F_DUMP, sequence);
        out.u8(family.number()).u8(0).bigU16(0);
        out.bigU32(STATUS, DESTINATION_TRANSLATED).bigU32(STATUS_MASK, DESTINATION_TRANSLATED);
    }

    /// Empty for messages of other kinds, and for connections that are not translated.
    public static Optional<Translated> of(Message message) {
        if (message.type() != (SUBSYSTEM << 8 | NEW)) {
            return Optional.empty();
        }
        Attributes found = message.attributes(HEADER_BYTES);
        if ((found.value(STATUS).bigU32(0) & DESTINATION_TRANSLATED) == 0) {
            return Optional.empty();
        }
        Family family =
                message.payload().u8(0) == Family.INET6.number() ? Family.INET6 : Family.INET;
        Attributes original = found.nested(TUPLE_ORIGINAL);
        Attributes reply = found.nested(TUPLE_REPLY);
        Attributes ports = original.nested(TUPLE_PROTOCOL);
        int protocol = ports.u8(PROTOCOL_NUMBER);
        Optional<IpAddress> service = address(original, family, false);
        Optional<IpAddress> server = address(reply, family, true);
        if (service.isEmpty() || server.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Translated(
                        protocol,
                        new Endpoint(service.get(), ports.value(DESTINATION_PORT).bigU16(0)),
                        new Endpoint(
                                server.get(),
                                reply.nested(TUPLE_PROTOCOL).value(SOURCE_PORT).bigU16(0)),
                        isActive(protocol, found.nested(PROTOCOL_INFO)),
                        found.value(ID).bigU32(0)));
    }

    /// `CTA_IP_V4_SRC` and so on: the source of IPv4 is 1, its destination 2; then those of IPv6.
    private static Optional<IpAddress> address(Attributes tuple, Family family, boolean source) {
        int type = (family == Family.INET ? 1 : 3) + (source ? 0 : 1);
        return tuple.nested(TUPLE_IP).value(type).address(family);
    }

    private static boolean isActive(int protocol, Attributes info) {
        return switch (protocol) {
            case TCP -> info.nested(INFO_TCP).u8(INFO_STATE) == TCP_ESTABLISHED;
            case SCTP -> info.nested(INFO_SCTP).u8(INFO_STATE) == SCTP_ESTABLISHED;
            default -> true;
        };
    }
}
