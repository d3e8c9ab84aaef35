package holdfast.linux;

import java.nio.ByteBuffer;

/// struct msghdr, struct iovec and struct cmsghdr as bytes, for 64-bit machines.
final class MessageHeader {

    static final int BYTES = 56;
    static final int NAME_OFFSET = 0;
    static final int NAME_BYTES_OFFSET = 8;
    static final int IOV_OFFSET = 16;
    static final int IOV_COUNT_OFFSET = 24;
    static final int CONTROL_OFFSET = 32;
    static final int CONTROL_BYTES_OFFSET = 40;
    static final int FLAGS_OFFSET = 48;

    /// struct mmsghdr: a msghdr, then the length received.
    static final int MANY_BYTES = 64;

    static final int MANY_LENGTH_OFFSET = 56;

    static final int IOVEC_BYTES = 16;

    static final int CMSG_LEVEL_OFFSET = 8;
    static final int CMSG_TYPE_OFFSET = 12;
    static final int CMSG_DATA_OFFSET = 16;

    private MessageHeader() {}

    /// Begins a control message and returns where its data go.
    static int control(ByteBuffer view, int offset, int level, int type, int dataBytes) {
        view.putLong(offset, CMSG_DATA_OFFSET + dataBytes);
        view.putInt(offset + CMSG_LEVEL_OFFSET, level);
        view.putInt(offset + CMSG_TYPE_OFFSET, type);
        return offset + CMSG_DATA_OFFSET;
    }

    /// The room a control message takes, padding included.
    static int controlSpace(long bytes) {
        return (int) (bytes + 7 & ~7L);
    }

    /// Where the data of a control message are, or -1 when there is none of this type.
    static int find(ByteBuffer view, int offset, int bytes, int level, int type) {
        int at = offset;
        int end = offset + bytes;
        while (end - at >= CMSG_DATA_OFFSET) {
            long length = view.getLong(at);
            if (length < CMSG_DATA_OFFSET || length > end - at) {
                return -1;
            }
            if (view.getInt(at + CMSG_LEVEL_OFFSET) == level
                    && view.getInt(at + CMSG_TYPE_OFFSET) == type) {
                return at + CMSG_DATA_OFFSET;
            }
            at += controlSpace(length);
        }
        return -1;
    }
}
