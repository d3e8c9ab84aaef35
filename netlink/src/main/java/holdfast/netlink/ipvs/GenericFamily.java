package holdfast.netlink.ipvs;

import static holdfast.netlink.MessageWriter.NLM_F_ACK;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.netlink.Attributes;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.util.Optional;

/// The number that a family of generic netlink got in this kernel (linux/genetlink.h).
///
/// @param number the message type of all its messages
public record GenericFamily(String name, int number) {

    static final int HEADER_BYTES = 4;

    private static final int GENL_ID_CTRL = 16;
    private static final int CTRL_CMD_NEWFAMILY = 1;
    private static final int CTRL_CMD_GETFAMILY = 3;
    private static final int CTRL_ATTR_FAMILY_ID = 1;
    private static final int CTRL_ATTR_FAMILY_NAME = 2;
    private static final int VERSION = 1;

    /// Refused with ENOENT while the kernel has no such family.
    public static void query(MessageWriter out, int sequence, String name) {
        out.begin(GENL_ID_CTRL, NLM_F_REQUEST | NLM_F_ACK, sequence);
        out.u8(CTRL_CMD_GETFAMILY).u8(VERSION).u16(0);
        out.text(CTRL_ATTR_FAMILY_NAME, name);
    }

    /// The answer to a query. Empty for other messages.
    public static Optional<GenericFamily> of(Message message) {
        Attributes attributes = message.attributes(HEADER_BYTES);
        return message.type() == GENL_ID_CTRL
                        && message.payload().u8(0) == CTRL_CMD_NEWFAMILY
                        && attributes.has(CTRL_ATTR_FAMILY_ID)
                ? Optional.of(
                        new GenericFamily(
                                attributes.text(CTRL_ATTR_FAMILY_NAME),
                                attributes.u16(CTRL_ATTR_FAMILY_ID)))
                : Optional.empty();
    }
}
