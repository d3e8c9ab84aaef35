package holdfast.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An IPv6 address, ordered as an unsigned 128-bit number, printed as RFC 5952 says.
///
/// @param high the first eight octets
/// @param low the last eight octets
public record Ipv6Address(long high, long low) implements IpAddress, Comparable<Ipv6Address> {

    private static final int GROUPS = 8;

    /// Reads a literal in any form of RFC 4291, section 2.2, without a zone. Empty for others.
    public static Optional<Ipv6Address> parse(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        List<Integer> head = new ArrayList<>();
        List<Integer> tail = new ArrayList<>();
        boolean good =
                gap < 0
                        ? groups(text, head)
                        : groups(text.substring(0, gap), head)
                                && groups(text.substring(gap + 2), tail);
        int count = head.size() + tail.size();
        if (!good || (gap < 0 ? count != GROUPS : count >= GROUPS)) {
            return Optional.empty();
        }
        while (head.size() + tail.size() < GROUPS) {
            head.add(0);
        }
        head.addAll(tail);
        ByteBuffer out = ByteBuffer.allocate(16);
        head.forEach(group -> out.putShort(group.shortValue()));
        return Optional.of(new Ipv6Address(out.getLong(0), out.getLong(8)));
    }

    /// Adds the groups of one side of the gap; the last may be a dotted quad.
    private static boolean groups(String text, List<Integer> into) {
        if (text.isEmpty()) {
            return true;
        }
        String[] words = text.split(":", -1);
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (i == words.length - 1 && word.indexOf('.') >= 0) {
                Optional<Ipv4Address> quad = Ipv4Address.parse(word);
                quad.ifPresent(
                        address -> {
                            into.add(address.bits() >>> 16);
                            into.add(address.bits() & 0xffff);
                        });
                return quad.isPresent();
            }
            if (word.isEmpty() || word.length() > 4 || !word.chars().allMatch(Ipv6Address::isHex)) {
                return false;
            }
            into.add(Integer.parseInt(word, 16));
        }
        return true;
    }

    private static boolean isHex(int letter) {
        return letter < 128 && Character.digit(letter, 16) >= 0;
    }

    @Override
    public Family family() {
        return Family.INET6;
    }

    @Override
    public byte[] octets() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    @Override
    public boolean isMulticast() {
        return high >>> 56 == 0xff;
    }

    @Override
    public boolean isLinkLocal() {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    @Override
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    @Override
    public int compareTo(Ipv6Address other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    // Written out: what a record brings along is made anew at each start of the JVM.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ipv6Address that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high) * 31 + Long.hashCode(low);
    }

    @Override
    public String toString() {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> 16 * (3 - i % 4)) & 0xffff;
        }
        int gapAt = -1;
        int gapLength = 1;
        for (int at = 0; at < GROUPS; at++) {
            int end = at;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - at > gapLength) {
                gapAt = at;
                gapLength = end - at;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < GROUPS; at++) {
            if (at == gapAt) {
                out.append("::");
                at += gapLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[at]));
        }
        return out.toString();
    }
}
