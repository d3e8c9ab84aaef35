package holdfast.netlink;

/// What a message means to whoever waits for an answer.
public sealed interface Reply {

    int NLMSG_NOOP = 1;
    int NLMSG_ERROR = 2;
    int NLMSG_DONE = 3;
    int NLMSG_OVERRUN = 4;

    /// The number of the request this belongs to.
    int sequence();

    /// One of possibly many messages of an answer, or a notification.
    record Data(Message message) implements Reply {
        @Override
        public int sequence() {
            return message.sequence();
        }
    }

    record Acknowledged(int sequence) implements Reply {}

    /// The kernel says no.
    ///
    /// @param errno positive
    /// @param explanation the kernel's own words, empty when it has none
    /// @param offset which byte of the request it dislikes; 0 when it does not say
    record Refused(int sequence, int errno, String explanation, int offset) implements Reply {}

    /// A listing is complete.
    ///
    /// @param interrupted what is listed changed meanwhile, so the listing may have gaps
    record Done(int sequence, boolean interrupted) implements Reply {}

    /// To be passed over.
    record Nothing(int sequence) implements Reply {}

    static Reply to(Message message) {
        return switch (message.type()) {
            case NLMSG_NOOP -> new Nothing(message.sequence());
            case NLMSG_ERROR -> ReplyDecoder.error(message);
            case NLMSG_DONE -> ReplyDecoder.done(message);
            case NLMSG_OVERRUN -> new Nothing(message.sequence());
            default -> new Data(message);
        };
    }
}
