package holdfast.netlink;

/// Decodes struct nlmsgerr and the extended acknowledgement behind it.
final class ReplyDecoder {

    /// `NLM_F_CAPPED`: the request is not repeated in full.
    private static final int CAPPED = 0x100;

    /// `NLM_F_ACK_TLVS`.
    private static final int HAS_ATTRIBUTES = 0x200;

    private static final int NLMSGERR_ATTR_MSG = 1;
    private static final int NLMSGERR_ATTR_OFFS = 2;
    private static final int ERROR_BYTES = 4;

    private ReplyDecoder() {}

    static Reply error(Message message) {
        if (message.payload().size() < ERROR_BYTES) {
            return new Reply.Nothing(message.sequence());
        }
        int errno = -message.payload().u32(0);
        if (errno == 0) {
            return new Reply.Acknowledged(message.sequence());
        }
        int repeated =
                (message.flags() & CAPPED) != 0
                        ? Message.HEADER_BYTES
                        : Math.clamp(
                                message.payload().u32(ERROR_BYTES),
                                Message.HEADER_BYTES,
                                Math.max(Message.HEADER_BYTES, message.payload().size()));
        return refused(message, errno, ERROR_BYTES + Attribute.align(repeated));
    }

    static Reply done(Message message) {
        int errno = -message.payload().u32(0);
        return errno == 0
                ? new Reply.Done(message.sequence(), message.isDumpInterrupted())
                : refused(message, errno, ERROR_BYTES);
    }

    private static Reply refused(Message message, int errno, int attributesAt) {
        Attributes attributes =
                (message.flags() & HAS_ATTRIBUTES) != 0
                        ? message.attributes(attributesAt)
                        : Attributes.NONE;
        return new Reply.Refused(
                message.sequence(),
                errno,
                attributes.text(NLMSGERR_ATTR_MSG),
                attributes.u32(NLMSGERR_ATTR_OFFS));
    }
}
