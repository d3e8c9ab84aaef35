package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.vrrp.VrrpEffect.AnnounceAddresses;
import holdfast.vrrp.VrrpEffect.SendPacket;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// How one router speaks: from which address, to whom, in which bytes.
///
/// Adverts are encoded once and used until something in them changes; an authentication header is
/// made anew for each, and a trailer for all copies of one.
final class Voice {

    private static final int TTL = 255;

    private final SequenceNumbers numbers;
    private final Checksums checksums;
    private final Trailers trailers;
    private VrrpSpec spec;
    private Optional<IpAddress> source = Optional.empty();
    private int encodedPriority;
    private boolean encodedOld;
    private List<SendPacket> encoded = List.of();

    Voice(VrrpSpec spec, Dialect dialect) {
        this.spec = spec;
        this.numbers = dialect.numbers();
        this.checksums = dialect.checksums();
        this.trailers = dialect.trailers();
    }

    void respecify(VrrpSpec next) {
        spec = next;
        encoded = List.of();
    }

    /// Takes another source address. Without one the last is kept: a resignation must still come
    /// from the address that the peers know.
    void speakFrom(Optional<IpAddress> best) {
        if (best.isPresent() && !best.equals(source)) {
            source = best;
            encoded = List.of();
        }
    }

    /// Sends one packet to each destination.
    void send(Turn turn, int priority) {
        if (source.isEmpty()) {
            return;
        }
        boolean old = checksums.areOld();
        if (encoded.isEmpty() || priority != encodedPriority || old != encodedOld) {
            encoded = encode(source.get(), priority);
            encodedPriority = priority;
            encodedOld = old;
        }
        if (spec.authentication() instanceof Authentication.AuthenticationHeader key) {
            encoded.forEach(packet -> turn.ask(authenticated(key, packet)));
        } else if (trailers.areSent() && !encoded.isEmpty()) {
            byte[] first = encoded.getFirst().message();
            byte[] trailer = trailers.make(turn.now(), source.get(), first);
            encoded.forEach(packet -> turn.ask(trailed(packet, trailer)));
        } else {
            turn.askAll(encoded);
        }
    }

    private SendPacket authenticated(Authentication.AuthenticationHeader key, SendPacket plain) {
        byte[] message =
                AhCodec.wrap(
                        key,
                        numbers.next(),
                        plain.source(),
                        plain.destination(),
                        plain.ttl(),
                        plain.message());
        return new SendPacket(
                plain.instance(), plain.source(), plain.destination(), plain.ttl(), message);
    }

    private static SendPacket trailed(SendPacket plain, byte[] trailer) {
        byte[] message =
                ByteBuffer.allocate(plain.message().length + trailer.length)
                        .put(plain.message())
                        .put(trailer)
                        .array();
        return new SendPacket(
                plain.instance(), plain.source(), plain.destination(), plain.ttl(), message);
    }

    /// Peers that are spoken to one by one should know where we are after an absence.
    void announceOurselves(Turn turn) {
        if (spec.transport() instanceof Transport.Unicast
                && spec.interfaceName().isPresent()
                && source.isPresent()) {
            VirtualAddress own =
                    VirtualAddress.plain(IpPrefix.host(source.get()), spec.interfaceName().get());
            turn.ask(new AnnounceAddresses(spec.name(), List.of(own)));
        }
    }

    /// Whether a packet is part of this conversation, by its addresses.
    boolean isMeantBy(Datagram datagram) {
        return switch (spec.transport()) {
            case Transport.Multicast(var group) -> group.equals(datagram.destination());
            case Transport.Unicast(var peers, _, _) ->
                    source.equals(Optional.of(datagram.destination()))
                            && peers.stream()
                                    .anyMatch(peer -> peer.address().equals(datagram.source()));
        };
    }

    Optional<IpAddress> source() {
        return source;
    }

    private List<SendPacket> encode(IpAddress from, int priority) {
        return switch (spec.transport()) {
            case Transport.Multicast(var group) -> List.of(packet(from, group, TTL, priority));
            case Transport.Unicast(var peers, int ttl, _) ->
                    peers.stream()
                            .map(peer -> packet(from, peer.address(), ttl, priority))
                            .toList();
        };
    }

    private SendPacket packet(IpAddress from, IpAddress to, int ttl, int priority) {
        return new SendPacket(
                spec.name(),
                from,
                to,
                ttl,
                AdvertCodec.encode(spec, priority, from, to, checksums));
    }
}
