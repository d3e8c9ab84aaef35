package holdfast.bfd;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.util.Optional;

/// The way to the neighbour.
///
/// @param source the own address; empty leaves it to the kernel, and hears packets to any
/// @param multihop whether routers may be between (RFC 5883), which is another port
/// @param ttl the TTL or hop limit of what is sent, and expected of the neighbour
/// @param maxHops how much less a received packet may have; 255 is no limit
public record Path(
        IpAddress neighbour, Optional<IpAddress> source, boolean multihop, int ttl, int maxHops) {

    public static final int TTL_MAX = 255;
    public static final int ANY_HOPS = 255;
    public static final int SINGLE_HOP_PORT = 3784;
    public static final int MULTIHOP_PORT = 4784;

    private static final int TTL_OF_IPV6 = 64;

    public Path {
        if (source.isPresent() && source.get().family() != neighbour.family()) {
            throw new IllegalArgumentException("two families: " + source.get() + " " + neighbour);
        }
        if (ttl < 1 || ttl > TTL_MAX || maxHops < 0 || maxHops > ANY_HOPS) {
            throw new IllegalArgumentException("ttl " + ttl + ", max hops " + maxHops);
        }
    }

    /// One hop, no matter from which address, with the TTL that is the default of the family.
    public static Path to(IpAddress neighbour) {
        int ttl = neighbour.family() == Family.INET ? TTL_MAX : TTL_OF_IPV6;
        return new Path(neighbour, Optional.empty(), false, ttl, 0);
    }

    /// The UDP port to which both sides send.
    public int port() {
        return multihop ? MULTIHOP_PORT : SINGLE_HOP_PORT;
    }

    /// Whether packets could not be told apart by address if both had a session.
    public boolean overlaps(Path other) {
        return neighbour.equals(other.neighbour)
                && multihop == other.multihop
                && (source.isEmpty() || other.source.isEmpty() || source.equals(other.source));
    }

    /// Whether the neighbour is the same, so that a session may go on.
    boolean leadsWhere(Path other) {
        return neighbour.equals(other.neighbour) && multihop == other.multihop;
    }

    /// Whether a packet that was received with this TTL has not come from too far.
    boolean admits(int hopLimit) {
        // The limit of a packet of which the kernel did not tell it is 0.
        return maxHops == ANY_HOPS || hopLimit == 0 || hopLimit + maxHops >= ttl;
    }
}
