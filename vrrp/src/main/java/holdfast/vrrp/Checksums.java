package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.nio.ByteBuffer;

/// The checksums of one router, in what it sends and in what it believes.
///
/// Where a rule has more than one checksum, each of them is believed: then routers can be changed
/// one by one.
final class Checksums {

    private VrrpSpec spec;
    private boolean old;

    Checksums(VrrpSpec spec) {
        respecify(spec);
    }

    void respecify(VrrpSpec next) {
        spec = next;
        old =
                switch (next.conduct().checksum()) {
                    case ChecksumRule.Usual _, ChecksumRule.WithoutPseudoHeader _ -> false;
                    case ChecksumRule.OldUnicast _ -> true;
                    case ChecksumRule.Adaptive _ -> old;
                };
    }

    /// Whether adverts are sent with the old checksum now.
    boolean areOld() {
        return old;
    }

    /// What the sum over a message of so many octets begins with when it is sent.
    long seed(IpAddress source, IpAddress destination, int bytes) {
        return switch (spec.conduct().checksum()) {
            case ChecksumRule.Usual() -> usual(source, destination, bytes);
            case ChecksumRule.WithoutPseudoHeader() -> 0;
            case ChecksumRule.OldUnicast(var group) -> usual(source, group, bytes);
            case ChecksumRule.Adaptive(var group) ->
                    usual(source, old ? group : destination, bytes);
        };
    }

    /// Whether a received message has a checksum that this router believes.
    boolean areRight(ByteBuffer message, IpAddress source, IpAddress destination) {
        long usual = usual(source, destination, message.remaining());
        return AdvertCodec.checksum(message, usual) == 0
                || switch (spec.conduct().checksum()) {
                    case ChecksumRule.Usual() -> false;
                    case ChecksumRule.WithoutPseudoHeader() ->
                            AdvertCodec.checksum(message, 0) == 0;
                    case ChecksumRule.OldUnicast(var group) -> isOld(message, source, group);
                    case ChecksumRule.Adaptive(var group) -> isOld(message, source, group);
                };
    }

    /// Learns from an advert that counts which checksum its sender uses.
    void learn(ByteBuffer message, IpAddress source, IpAddress destination) {
        if (!old && spec.conduct().checksum() instanceof ChecksumRule.Adaptive(var group)) {
            long usual = usual(source, destination, message.remaining());
            old = AdvertCodec.checksum(message, usual) != 0 && isOld(message, source, group);
        }
    }

    private boolean isOld(ByteBuffer message, IpAddress source, IpAddress group) {
        return AdvertCodec.checksum(message, usual(source, group, message.remaining())) == 0;
    }

    private long usual(IpAddress source, IpAddress destination, int bytes) {
        return switch (spec.version()) {
            case V2 -> 0;
            case V3 -> PseudoHeader.sum(source, destination, AdvertCodec.PROTOCOL, bytes);
        };
    }
}
