package holdfast.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One netlink message (struct nlmsghdr and what follows it).
///
/// @param port who it is for: 0 from the kernel to all, else a socket's own number
public record Message(int type, int flags, int sequence, int port, Bytes payload) {

    static final int HEADER_BYTES = 16;

    /// `NLM_F_DUMP_INTR`: what is being listed has changed meanwhile; ask again.
    private static final int DUMP_INTERRUPTED = 0x10;

    /// The messages of one datagram, as far as they are whole. The byte order is the buffer's.
    public static List<Message> in(ByteBuffer datagram) {
        Bytes bytes = Bytes.of(datagram);
        List<Message> found = new ArrayList<>();
        int at = 0;
        while (bytes.size() - at >= HEADER_BYTES) {
            int length = bytes.u32(at);
            if (length < HEADER_BYTES || length > bytes.size() - at) {
                break;
            }
            found.add(
                    new Message(
                            bytes.u16(at + 4),
                            bytes.u16(at + 6),
                            bytes.u32(at + 8),
                            bytes.u32(at + 12),
                            bytes.slice(at + HEADER_BYTES, length - HEADER_BYTES)));
            at += Attribute.align(length);
        }
        return found;
    }

    /// The attributes behind a family header of so many bytes.
    public Attributes attributes(int familyHeaderBytes) {
        return Attributes.in(payload.from(familyHeaderBytes));
    }

    public boolean isDumpInterrupted() {
        return (flags & DUMP_INTERRUPTED) != 0;
    }
}
