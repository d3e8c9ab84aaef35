package holdfast.netlink.proc;

import holdfast.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Messages of the proc connector.
public final class ProcessCodec {

    /// The multicast group that has the notices (CN_IDX_PROC).
    public static final int GROUP = 1;

    private static final int NLMSG_DONE = 3;
    private static final int CN_IDX_PROC = 1;
    private static final int CN_VAL_PROC = 1;
    private static final int PROC_CN_MCAST_LISTEN = 1;

    /// struct nlmsghdr.
    private static final int NETLINK_BYTES = 16;

    /// struct cn_msg behind it: idx, val, seq, ack, len, flags.
    private static final int VALUE_AT = NETLINK_BYTES + 4;

    /// struct proc_event behind that: what, cpu, time, and what is told.
    private static final int WHAT_AT = NETLINK_BYTES + 20;

    private static final int DATA_AT = WHAT_AT + 16;
    private static final int DATA_BYTES = 24;

    private static final int NONE = 0;
    private static final int FORK = 0x1;
    private static final int EXEC = 0x2;
    private static final int COMM = 0x200;
    private static final int EXIT = 0x80000000;
    private static final int NAME_BYTES = 16;

    private ProcessCodec() {}

    /// Asks the kernel to tell.
    public static void listen(MessageWriter writer) {
        writer.begin(NLMSG_DONE, 0, 0);
        writer.u32(CN_IDX_PROC).u32(CN_VAL_PROC).u32(0).u32(0).u16(Integer.BYTES).u16(0);
        writer.u32(PROC_CN_MCAST_LISTEN);
    }

    /// Tells what a datagram says. What is cut off or of another kind is passed over.
    public static void read(ByteBuffer datagram, ProcessListener listener) {
        int at = datagram.position();
        while (datagram.limit() - at >= DATA_AT + DATA_BYTES) {
            int length = datagram.getInt(at);
            if (length < DATA_AT + DATA_BYTES || length > datagram.limit() - at) {
                return;
            }
            if (datagram.getInt(at + NETLINK_BYTES) == CN_IDX_PROC
                    && datagram.getInt(at + VALUE_AT) == CN_VAL_PROC) {
                event(datagram, at, listener);
            }
            at += (length + 3) & ~3;
        }
    }

    /// A thread has the number of its process as its second number.
    private static void event(ByteBuffer in, int at, ProcessListener listener) {
        int data = at + DATA_AT;
        int first = in.getInt(data);
        int second = in.getInt(data + 4);
        switch (in.getInt(at + WHAT_AT)) {
            case NONE -> listener.onListening(first);
            case FORK -> {
                int child = in.getInt(data + 8);
                if (child == in.getInt(data + 12)) {
                    listener.onForked(second, child);
                }
            }
            case EXEC -> listener.onExecuted(second);
            case COMM -> {
                if (first == second) {
                    listener.onRenamed(second, name(in, data + 8));
                }
            }
            case EXIT -> {
                if (first == second) {
                    listener.onEnded(second);
                }
            }
            default -> {} // Changes of users, sessions and the like.
        }
    }

    private static String name(ByteBuffer in, int at) {
        byte[] octets = new byte[NAME_BYTES];
        in.get(at, octets);
        int end = 0;
        while (end < NAME_BYTES && octets[end] != 0) {
            end++;
        }
        return new String(octets, 0, end, StandardCharsets.UTF_8);
    }
}
