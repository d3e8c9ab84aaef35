package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;

/// What an upper-layer checksum covers of the IP header (RFC 9568, section 5.2.8).
final class PseudoHeader {

    private PseudoHeader() {}

    /// The sum of both addresses, the protocol, and the length of the message.
    static long sum(IpAddress source, IpAddress destination, int protocol, int messageBytes) {
        long sum = InternetChecksum.sum(ByteBuffer.wrap(source.octets()), 0);
        sum = InternetChecksum.sum(ByteBuffer.wrap(destination.octets()), sum);
        return sum + protocol + messageBytes;
    }
}
