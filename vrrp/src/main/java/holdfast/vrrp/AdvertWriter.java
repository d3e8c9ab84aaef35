package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.vrrp.VrrpEffect.SendPacket;
import java.util.List;
import java.util.Optional;

/// The adverts of one router, encoded once and used until something in them changes.
final class AdvertWriter {

    private static final int TTL = 255;

    private VrrpSpec spec;
    private Optional<IpAddress> source = Optional.empty();
    private int priority;
    private List<SendPacket> packets = List.of();

    AdvertWriter(VrrpSpec spec) {
        this.spec = spec;
    }

    void respecify(VrrpSpec next) {
        spec = next;
        source = Optional.empty();
    }

    /// One packet for each destination.
    List<SendPacket> packets(IpAddress from, int withPriority) {
        if (withPriority != priority || source.isEmpty() || !source.get().equals(from)) {
            packets = encoded(from, withPriority);
            source = Optional.of(from);
            priority = withPriority;
        }
        return packets;
    }

    private List<SendPacket> encoded(IpAddress from, int withPriority) {
        return switch (spec.transport()) {
            case Transport.Multicast(var group) -> List.of(packet(from, group, TTL, withPriority));
            case Transport.Unicast(var peers, int ttl, _) ->
                    peers.stream()
                            .map(peer -> packet(from, peer.address(), ttl, withPriority))
                            .toList();
        };
    }

    private SendPacket packet(IpAddress from, IpAddress to, int ttl, int withPriority) {
        return new SendPacket(
                spec.name(), from, to, ttl, AdvertCodec.encode(spec, withPriority, from, to));
    }
}
