package holdfast.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The attributes of one message or nest, in the order they came. What is absent reads as zero.
///
/// @param all every attribute; a broken one ends the list
public record Attributes(List<Attribute> all) {

    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        all = List.copyOf(all);
    }

    /// Reads attributes as far as they make sense.
    public static Attributes in(Bytes bytes) {
        List<Attribute> found = new ArrayList<>();
        int at = 0;
        while (bytes.size() - at >= Attribute.HEADER_BYTES) {
            int length = bytes.u16(at);
            if (length < Attribute.HEADER_BYTES || length > bytes.size() - at) {
                break;
            }
            found.add(
                    new Attribute(
                            bytes.u16(at + 2) & Attribute.TYPE_MASK,
                            bytes.slice(
                                    at + Attribute.HEADER_BYTES, length - Attribute.HEADER_BYTES)));
            at += Attribute.align(length);
        }
        return new Attributes(found);
    }

    /// The last attribute of this type counts, as it does in the kernel.
    public Optional<Bytes> find(int type) {
        for (Attribute attribute : all.reversed()) {
            if (attribute.type() == type) {
                return Optional.of(attribute.value());
            }
        }
        return Optional.empty();
    }

    public boolean has(int type) {
        return find(type).isPresent();
    }

    /// The value, or no bytes at all, which read as zero.
    public Bytes value(int type) {
        return find(type).orElse(Bytes.EMPTY);
    }

    public int u8(int type) {
        return value(type).u8(0);
    }

    public int u16(int type) {
        return value(type).u16(0);
    }

    public int u32(int type) {
        return value(type).u32(0);
    }

    public String text(int type) {
        return value(type).text();
    }

    /// A text that may be absent; an empty one counts as absent.
    public Optional<String> optionalText(int type) {
        return Optional.of(text(type)).filter(text -> !text.isEmpty());
    }

    public Attributes nested(int type) {
        return in(value(type));
    }
}
