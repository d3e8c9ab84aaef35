package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The checksums of one router, in what it sends and in what it believes.
///
/// Where a rule has more than one checksum, each of them is believed: then routers can be changed
/// one by one.
final class Checksums {

    private VrrpSpec spec;

    /// Whether only the message is summed.
    private boolean alone;

    /// The group that may stand in for the destination.
    private Optional<IpAddress> group = Optional.empty();

    /// Whether it does in what is sent.
    private boolean old;

    Checksums(VrrpSpec spec) {
        this.spec = spec;
        respecify(spec);
    }

    void respecify(VrrpSpec next) {
        spec = next;
        ChecksumRule rule = next.conduct().checksum();
        alone = next.version() == Version.V2 || rule instanceof ChecksumRule.WithoutPseudoHeader;
        if (rule instanceof ChecksumRule.OldUnicast(var stand)) {
            group = Optional.of(stand);
            old = true;
        } else if (rule instanceof ChecksumRule.Adaptive(var stand)) {
            group = Optional.of(stand);
        } else {
            group = Optional.empty();
            old = false;
        }
    }

    /// Whether adverts are sent with the old checksum now.
    boolean areOld() {
        return old;
    }

    /// What the sum over a message of so many octets begins with when it is sent.
    long seed(IpAddress source, IpAddress destination, int bytes) {
        if (alone) {
            return 0;
        }
        return header(source, old ? group.orElseThrow() : destination, bytes);
    }

    /// Whether a received message has a checksum that this router believes.
    boolean areRight(ByteBuffer message, IpAddress source, IpAddress destination) {
        return alone && AdvertCodec.checksum(message, 0) == 0
                || spec.version() == Version.V3 && isUsual(message, source, destination)
                || isOld(message, source);
    }

    /// Learns from an advert that counts which checksum its sender uses.
    void learn(ByteBuffer message, IpAddress source, IpAddress destination) {
        if (!old && group.isPresent()) {
            old = !isUsual(message, source, destination) && isOld(message, source);
        }
    }

    private static boolean isUsual(ByteBuffer message, IpAddress source, IpAddress destination) {
        long header = header(source, destination, message.remaining());
        return AdvertCodec.checksum(message, header) == 0;
    }

    private boolean isOld(ByteBuffer message, IpAddress source) {
        return group.isPresent() && isUsual(message, source, group.get());
    }

    private static long header(IpAddress source, IpAddress destination, int bytes) {
        return PseudoHeader.sum(source, destination, AdvertCodec.PROTOCOL, bytes);
    }
}
