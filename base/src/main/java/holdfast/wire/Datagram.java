package holdfast.wire;

import holdfast.net.IpAddress;
import java.nio.ByteBuffer;

/// What a raw socket hands over: the IP payload, and what the IP header said about it.
///
/// @param hopLimit the TTL or hop limit as received
/// @param protocol the protocol number of an IPv4 header, or [#UNSAID]
/// @param identification the identification of an IPv4 header, or 0
/// @param payload the bytes behind the IP header, from position to limit; valid only until the
///     receiver returns, since the buffer is used again
public record Datagram(
        IpAddress source,
        IpAddress destination,
        int hopLimit,
        int protocol,
        int identification,
        ByteBuffer payload) {

    /// The protocol of a datagram whose header stayed in the kernel: that of the socket.
    public static final int UNSAID = 0;

    /// One whose header stayed in the kernel.
    public Datagram(IpAddress source, IpAddress destination, int hopLimit, ByteBuffer payload) {
        this(source, destination, hopLimit, UNSAID, 0, payload);
    }
}
