package holdfast.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An IPv4 address, ordered as an unsigned 32-bit number.
///
/// @param bits the address, most significant octet first
public record Ipv4Address(int bits) implements IpAddress, Comparable<Ipv4Address> {

    public static Ipv4Address of(int a, int b, int c, int d) {
        return new Ipv4Address(octet(a) << 24 | octet(b) << 16 | octet(c) << 8 | octet(d));
    }

    /// Reads a dotted quad of decimal numbers. Empty for anything else.
    public static Optional<Ipv4Address> parse(String text) {
        int bits = 0;
        int octets = 0;
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at < text.length() && text.charAt(at) != '.') {
                if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                    return Optional.empty();
                }
                continue;
            }
            int length = at - start;
            if (length < 1 || length > 3 || octets == 4) {
                return Optional.empty();
            }
            int value = Integer.parseInt(text, start, at, 10);
            if (value > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
            octets++;
            start = at + 1;
        }
        return octets == 4 ? Optional.of(new Ipv4Address(bits)) : Optional.empty();
    }

    private static int octet(int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("not an octet: " + value);
        }
        return value;
    }

    @Override
    public Family family() {
        return Family.INET;
    }

    @Override
    public byte[] octets() {
        return ByteBuffer.allocate(4).putInt(bits).array();
    }

    @Override
    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    @Override
    public boolean isLinkLocal() {
        return bits >>> 16 == 0xa9fe;
    }

    @Override
    public boolean isUnspecified() {
        return bits == 0;
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    // Written out: what a record brings along is made anew at each start of the JVM.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ipv4Address that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 255)
                + "."
                + (bits >>> 8 & 255)
                + "."
                + (bits & 255);
    }
}
