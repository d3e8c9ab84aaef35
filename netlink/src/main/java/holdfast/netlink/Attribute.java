package holdfast.netlink;

/// One type-length-value element (struct nlattr).
///
/// @param type without the flags for nesting and byte order
public record Attribute(int type, Bytes value) {

    static final int HEADER_BYTES = 4;
    static final int TYPE_MASK = 0x3fff;

    /// `NLA_F_NESTED`.
    static final int NESTED = 0x8000;

    /// Netlink pads everything to multiples of four.
    static int align(int bytes) {
        return bytes + 3 & ~3;
    }

    public Attributes nested() {
        return Attributes.in(value);
    }
}
