package holdfast.netlink;

import holdfast.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes messages one behind the other, for one datagram. Confined to one thread.
///
/// Numbers are written in the order of the host unless a method says `big`. A message lasts from
/// [#begin] to the next [#begin] or [#batch]; first its family header is put, then its attributes.
public final class MessageWriter {

    public static final int NLM_F_REQUEST = 0x1;
    public static final int NLM_F_ACK = 0x4;
    public static final int NLM_F_ECHO = 0x8;

    /// `NLM_F_ROOT | NLM_F_MATCH`.
    public static final int NLM_F_DUMP = 0x300;

    public static final int NLM_F_REPLACE = 0x100;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_CREATE = 0x400;
    public static final int NLM_F_APPEND = 0x800;

    private static final int FIRST_CAPACITY_BYTES = 1024;

    /// A larger buffer is let go when what it was for has been sent.
    private static final int KEPT_CAPACITY_BYTES = 1 << 20;

    private static final int ATTRIBUTE_BYTES_MAX = 0xffff;
    private static final int NO_MESSAGE = -1;

    private ByteBuffer out;
    private int messageAt = NO_MESSAGE;

    public MessageWriter() {
        this(ByteOrder.nativeOrder());
    }

    public MessageWriter(ByteOrder order) {
        this.out = ByteBuffer.allocate(FIRST_CAPACITY_BYTES).order(order);
    }

    /// Starts a message and ends the one before.
    public MessageWriter begin(int type, int flags, int sequence) {
        end();
        messageAt = out.position();
        return u32(0).u16(type).u16(flags).u32(sequence).u32(0);
    }

    /// All messages so far. The bytes stay valid until something more is written.
    public ByteBuffer batch() {
        end();
        return out.duplicate().order(out.order()).flip().asReadOnlyBuffer().order(out.order());
    }

    /// How long the batch is so far.
    public int bytes() {
        return out.position();
    }

    public boolean isEmpty() {
        return out.position() == 0;
    }

    /// Forgets everything, so that the buffer can be used for the next batch.
    public void clear() {
        out.clear();
        messageAt = NO_MESSAGE;
        if (out.capacity() > KEPT_CAPACITY_BYTES) {
            out = ByteBuffer.allocate(FIRST_CAPACITY_BYTES).order(out.order());
        }
    }

    public MessageWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public MessageWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public MessageWriter bigU16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public MessageWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    public MessageWriter zeros(int count) {
        room(count).put(new byte[count]);
        return this;
    }

    public MessageWriter octets(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    public MessageWriter attribute(int type, byte[] value) {
        int length = Attribute.HEADER_BYTES + value.length;
        if (length > ATTRIBUTE_BYTES_MAX) {
            throw new IllegalArgumentException("attribute too long: " + length);
        }
        return u16(length).u16(type).octets(value).pad();
    }

    /// An attribute whose presence is all it says.
    public MessageWriter flag(int type) {
        return u16(Attribute.HEADER_BYTES).u16(type);
    }

    public MessageWriter u8(int type, int value) {
        return u16(Attribute.HEADER_BYTES + 1).u16(type).u8(value).pad();
    }

    public MessageWriter u16(int type, int value) {
        return u16(Attribute.HEADER_BYTES + 2).u16(type).u16(value).pad();
    }

    public MessageWriter bigU16(int type, int value) {
        return u16(Attribute.HEADER_BYTES + 2).u16(type).bigU16(value).pad();
    }

    public MessageWriter u32(int type, int value) {
        return u16(Attribute.HEADER_BYTES + 4).u16(type).u32(value);
    }

    public MessageWriter bigU32(int type, int value) {
        return u16(Attribute.HEADER_BYTES + 4).u16(type).bigU16(value >>> 16).bigU16(value);
    }

    public MessageWriter bigU64(int type, long value) {
        return u16(Attribute.HEADER_BYTES + 8)
                .u16(type)
                .bigU16((int) (value >>> 48))
                .bigU16((int) (value >>> 32))
                .bigU16((int) (value >>> 16))
                .bigU16((int) value);
    }

    /// A text with the zero that ends it.
    public MessageWriter text(int type, String value) {
        byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
        return attribute(type, Arrays.copyOf(octets, octets.length + 1));
    }

    public MessageWriter address(int type, IpAddress value) {
        return attribute(type, value.octets());
    }

    /// Attributes within an attribute, as rtnetlink writes them.
    public MessageWriter nest(int type, Runnable contents) {
        return sized(
                () -> {
                    u16(type);
                    contents.run();
                });
    }

    /// Something that starts with its own length, a number of 16 bits, and ends with `contents`.
    public MessageWriter sized(Runnable contents) {
        int at = out.position();
        u16(0);
        contents.run();
        int length = out.position() - at;
        if (length > ATTRIBUTE_BYTES_MAX) {
            throw new IllegalArgumentException("nest too long: " + length);
        }
        out.putShort(at, (short) length);
        return pad();
    }

    /// The same with `NLA_F_NESTED` set, as the younger families want it.
    public MessageWriter nestMarked(int type, Runnable contents) {
        return nest(type | Attribute.NESTED, contents);
    }

    private MessageWriter pad() {
        return zeros(Attribute.align(out.position()) - out.position());
    }

    private void end() {
        if (messageAt != NO_MESSAGE) {
            out.putInt(messageAt, out.position() - messageAt);
            pad();
            messageAt = NO_MESSAGE;
        }
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int capacity = Math.max(out.capacity() * 2, out.position() + bytes);
            out = ByteBuffer.allocate(capacity).order(out.order()).put(out.flip());
        }
        return out;
    }
}
