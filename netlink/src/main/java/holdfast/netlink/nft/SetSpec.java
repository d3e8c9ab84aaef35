package holdfast.netlink.nft;

import java.util.List;

/// A set, or a map, to be made.
///
/// @param id a number of its own within a batch, from 1, by which other messages name it
/// @param flags `NFT_SET_*` other than that for maps
/// @param timeoutMillis how long elements stay; 0 for ever
/// @param size how many elements it holds at most; 0 for no limit
public record SetSpec(
        String name,
        int id,
        int flags,
        List<DataType> key,
        Value value,
        long timeoutMillis,
        int size) {

    public static final int CONSTANT = 0x2;
    public static final int INTERVAL = 0x4;
    public static final int TIMEOUT = 0x10;

    /// `NFT_SET_EVAL`: rules may change it.
    public static final int DYNAMIC = 0x20;

    /// Intervals of several fields.
    public static final int CONCATENATION = 0x80;

    /// What a key leads to.
    public sealed interface Value {
        record None() implements Value {}

        record Data(List<DataType> fields) implements Value {
            public Data {
                fields = List.copyOf(fields);
            }
        }

        record ToVerdict() implements Value {}
    }

    public SetSpec {
        key = List.copyOf(key);
    }
}
