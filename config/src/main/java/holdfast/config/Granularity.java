package holdfast.config;

import holdfast.net.Family;
import holdfast.net.Ipv4Address;
import java.util.Optional;

/// How many leading bits of a client's address count: an IPv4 netmask, or an IPv6 prefix length.
record Granularity(Family family, int bits) {

    static Scalar<Granularity> read(String text) {
        Optional<Ipv4Address> mask = Ipv4Address.parse(text);
        if (mask.isPresent()) {
            int bits = mask.get().bits();
            int ones = Integer.numberOfLeadingZeros(~bits);
            return ones == Integer.bitCount(bits) && ones > 0
                    ? Scalar.of(new Granularity(Family.INET, ones))
                    : Scalar.refused("'" + text + "' is not a netmask");
        }
        Scalar<Long> length = Scalars.integer(text, 1, 128);
        return length.value().isPresent()
                ? Scalar.of(new Granularity(Family.INET6, length.value().get().intValue()))
                : Scalar.refused(
                        "'%s' is neither an IPv4 netmask nor an IPv6 prefix length"
                                .formatted(text));
    }
}
