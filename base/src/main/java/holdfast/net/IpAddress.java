package holdfast.net;

import java.nio.ByteBuffer;
import java.util.Optional;

/// An IP address as a value. Ordered as VRRP orders addresses: as unsigned numbers.
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

    Family family();

    /// The address in network order: 4 or 16 octets.
    byte[] octets();

    boolean isMulticast();

    boolean isLinkLocal();

    /// Whether this is the address of no host, all bits zero.
    boolean isUnspecified();

    /// Compares two addresses of one family as unsigned numbers; IPv4 comes before IPv6.
    static int compare(IpAddress one, IpAddress other) {
        if (one instanceof Ipv4Address a && other instanceof Ipv4Address b) {
            return a.compareTo(b);
        }
        if (one instanceof Ipv6Address a && other instanceof Ipv6Address b) {
            return a.compareTo(b);
        }
        return one.family().compareTo(other.family());
    }

    /// Reads a literal address; never asks a name server. Empty when `text` is not one.
    static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') >= 0
                ? Ipv6Address.parse(text).map(a -> a)
                : Ipv4Address.parse(text).map(a -> a);
    }

    /// The address made of 4 or 16 octets in network order.
    static IpAddress of(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        return switch (octets.length) {
            case 4 -> new Ipv4Address(in.getInt());
            case 16 -> new Ipv6Address(in.getLong(), in.getLong());
            default -> throw new IllegalArgumentException("not an address: " + octets.length);
        };
    }
}
