package holdfast.wire;

import holdfast.net.IpAddress;
import java.nio.ByteBuffer;

/// What a raw socket hands over: the IP payload, and what the IP header said about it.
///
/// @param hopLimit the TTL or hop limit as received
/// @param payload the bytes behind the IP header, from position to limit; valid only until the
///     receiver returns, since the buffer is used again
public record Datagram(IpAddress source, IpAddress destination, int hopLimit, ByteBuffer payload) {}
