package holdfast.netlink;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// A view of bytes that came from a socket. Whatever lies outside of it reads as zero.
///
/// Numbers are in the order of the host unless a method says `big`. Immutable as long as nobody
/// writes to the buffer behind it.
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(ByteBuffer.allocate(0));

    private final ByteBuffer view;

    private Bytes(ByteBuffer view) {
        this.view = view;
    }

    /// What remains of `buffer`, in the byte order of `buffer`. The bytes are not copied.
    public static Bytes of(ByteBuffer buffer) {
        return new Bytes(buffer.slice().order(buffer.order()));
    }

    public int size() {
        return view.limit();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public int u8(int at) {
        return holds(at, 1) ? view.get(at) & 0xff : 0;
    }

    public int u16(int at) {
        return holds(at, 2) ? view.getShort(at) & 0xffff : 0;
    }

    public int u32(int at) {
        return holds(at, 4) ? view.getInt(at) : 0;
    }

    public long u64(int at) {
        return holds(at, 8) ? view.getLong(at) : 0;
    }

    /// A port or another number in network order.
    public int bigU16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    public int bigU32(int at) {
        return bigU16(at) << 16 | bigU16(at + 2);
    }

    public long bigU64(int at) {
        return (long) bigU32(at) << 32 | bigU32(at + 4) & 0xffff_ffffL;
    }

    /// The text up to the first zero, in Latin-1, so that no byte is lost or refused.
    public String text() {
        int end = 0;
        while (end < size() && view.get(end) != 0) {
            end++;
        }
        byte[] octets = new byte[end];
        view.get(0, octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /// An address that fills the view. Empty when the length is that of no family.
    public Optional<IpAddress> address() {
        return size() == 4 || size() == 16 ? Optional.of(IpAddress.of(octets())) : Optional.empty();
    }

    /// The address of `family` at the start; unions in the kernel are longer than what is in them.
    public Optional<IpAddress> address(Family family) {
        int bytes = family.bits() / 8;
        return size() >= bytes ? slice(0, bytes).address() : Optional.empty();
    }

    public byte[] octets() {
        byte[] octets = new byte[size()];
        view.get(0, octets);
        return octets;
    }

    /// Everything from `at` on.
    public Bytes from(int at) {
        return slice(at, size());
    }

    /// At most `length` bytes from `at` on.
    public Bytes slice(int at, int length) {
        if (at < 0 || at >= size() || length <= 0) {
            return EMPTY;
        }
        int available = Math.min(length, size() - at);
        return new Bytes(view.slice(at, available).order(order()));
    }

    public ByteOrder order() {
        return view.order();
    }

    private boolean holds(int at, int bytes) {
        return at >= 0 && at <= size() - bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && view.equals(that.view);
    }

    @Override
    public int hashCode() {
        return view.hashCode();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets());
    }
}
