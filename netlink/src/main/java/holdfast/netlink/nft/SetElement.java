package holdfast.netlink.nft;

import java.util.HexFormat;

/// An element of a set or map.
///
/// @param timeoutMillis 0 for the set's own
/// @param expiresMillis how long it still stays, when read; 0 when it stays for ever
public record SetElement(
        byte[] key, Value value, Mode mode, long timeoutMillis, long expiresMillis) {

    /// What the key leads to.
    public sealed interface Value {
        record None() implements Value {}

        record Data(byte[] octets) implements Value {
            /// In hexadecimal.
            @Override
            public String toString() {
                return HexFormat.of().formatHex(octets);
            }
        }

        record ToVerdict(Verdict verdict) implements Value {}
    }

    /// What the key stands for.
    public sealed interface Mode {
        record Single() implements Mode {}

        /// The first key behind an interval that began with the element before.
        record IntervalEnd() implements Mode {}

        /// All keys from this to `last`, field by field.
        record Range(byte[] last) implements Mode {}
    }

    public static SetElement of(byte[] key) {
        return new SetElement(key, new Value.None(), new Mode.Single(), 0, 0);
    }

    public static SetElement of(byte[] key, byte[] value) {
        return new SetElement(key, new Value.Data(value), new Mode.Single(), 0, 0);
    }

    public static SetElement of(byte[] key, Verdict verdict) {
        return new SetElement(key, new Value.ToVerdict(verdict), new Mode.Single(), 0, 0);
    }

    /// The key in hexadecimal, which unlike the array can be compared.
    public String keyText() {
        return HexFormat.of().formatHex(key);
    }
}
