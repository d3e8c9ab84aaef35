package holdfast.net;

/// A 48-bit link-layer address.
///
/// @param bits the address in the lower 48 bits, first octet highest
public record MacAddress(long bits) {

    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    public static final int BYTES = 6;

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("not 48 bits");
        }
    }

    /// The address in network order.
    public byte[] octets() {
        byte[] octets = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            octets[i] = (byte) (bits >>> 8 * (BYTES - 1 - i));
        }
        return octets;
    }

    /// The address made of the first six of `octets`.
    public static MacAddress of(byte[] octets) {
        long bits = 0;
        for (int i = 0; i < BYTES; i++) {
            bits = bits << 8 | octets[i] & 0xff;
        }
        return new MacAddress(bits);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (byte octet : octets()) {
            out.append(out.isEmpty() ? "" : ":").append(Character.forDigit(octet >> 4 & 15, 16));
            out.append(Character.forDigit(octet & 15, 16));
        }
        return out.toString();
    }
}
