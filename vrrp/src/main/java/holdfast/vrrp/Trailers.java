package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.Authentication.Hmac;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The trailers of one router: makes its own, and finds what is wrong with those of others.
///
/// Stamps are remembered over new orders, keys are not.
final class Trailers {

    private static final int FRACTION_BITS = 16;
    private static final int COUNTER_BITS = 16;

    private final WallClock clock;
    private final Stamps stamps = new Stamps();
    private final Map<Integer, KeyedHash> keys = new HashMap<>();
    private VrrpSpec spec;
    private Optional<Hmac> orders = Optional.empty();

    Trailers(VrrpSpec spec, WallClock clock) {
        this.clock = clock;
        this.spec = spec;
        respecify(spec);
    }

    void respecify(VrrpSpec next) {
        spec = next;
        orders = next.authentication() instanceof Hmac hmac ? Optional.of(hmac) : Optional.empty();
        keys.clear();
        for (HmacKey key : orders.map(Hmac::keys).orElse(List.of())) {
            keys.put(key.id(), new KeyedHash(KeyedHash.SHA256, key.secret().octets()));
        }
        stamps.expect(
                next.transport() instanceof Transport.Unicast unicast
                        ? unicast.peers()
                        : List.of());
    }

    /// Whether there may be a trailer behind what is received.
    boolean areRead() {
        return orders.isPresent();
    }

    /// Whether there is a trailer behind what is sent.
    boolean areSent() {
        return orders.isPresent() && orders.get().mode() != Hmac.Mode.RECEIVE_ONLY;
    }

    /// A new trailer for all copies of a message that is sent now.
    byte[] make(MonoTime now, IpAddress source, byte[] message) {
        int id = orders.orElseThrow().activeKey();
        KeyedHash key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("the active key is none of the keys");
        }
        return TrailerCodec.encode(key, id, stamps.next(clock.stamp(now)), spec, source, message);
    }

    /// Why a message is not believed; empty if it is, and then its stamp never counts again.
    Optional<DropReason> refuse(MonoTime now, Datagram datagram, int messageBytes) {
        Hmac hmac = orders.orElseThrow();
        ByteBuffer in = datagram.payload();
        if (!hasTrailer(in, messageBytes)) {
            return hmac.mode() == Hmac.Mode.ENFORCE
                    ? Optional.of(DropReason.TRAILER_MISSING)
                    : Optional.empty();
        }
        ByteBuffer trailer = trailer(in, messageBytes);
        if (!TrailerCodec.isWellFormed(trailer)) {
            return Optional.of(DropReason.TRAILER_MALFORMED);
        }
        KeyedHash key = keys.get(TrailerCodec.keyId(trailer));
        if (key == null) {
            return Optional.of(DropReason.TRAILER_KEY_UNKNOWN);
        }
        if (hmac.checksTime() && age(now, trailer).abs().compareTo(hmac.window()) > 0) {
            return Optional.of(DropReason.TRAILER_STALE);
        }
        ByteBuffer message = in.slice(in.position(), messageBytes);
        if (!TrailerCodec.isGenuine(key, spec, datagram.source(), message, trailer)) {
            return Optional.of(DropReason.TRAILER_FORGED);
        }
        long stamp = TrailerCodec.stamp(trailer);
        if (!stamps.isFresh(datagram.source(), stamp)) {
            return Optional.of(DropReason.TRAILER_REPLAYED);
        }
        stamps.heard(datagram.source(), stamp);
        return Optional.empty();
    }

    /// How far the clock of a sender that is believed is behind ours, if that will be too far soon.
    Optional<Duration> skew(MonoTime now, ByteBuffer in, int messageBytes) {
        Hmac hmac = orders.orElseThrow();
        if (!hmac.checksTime() || !hasTrailer(in, messageBytes)) {
            return Optional.empty();
        }
        Duration age = age(now, trailer(in, messageBytes));
        return age.abs().multipliedBy(2).compareTo(hmac.window()) > 0
                ? Optional.of(age)
                : Optional.empty();
    }

    static boolean hasTrailer(ByteBuffer in, int messageBytes) {
        return in.remaining() == messageBytes + TrailerCodec.BYTES;
    }

    private static ByteBuffer trailer(ByteBuffer in, int messageBytes) {
        return in.slice(in.position() + messageBytes, TrailerCodec.BYTES);
    }

    /// How long ago the trailer was made, by both clocks.
    private Duration age(MonoTime now, ByteBuffer trailer) {
        long fractions =
                (clock.stamp(now) >>> COUNTER_BITS)
                        - (TrailerCodec.stamp(trailer) >>> COUNTER_BITS);
        long nanos = (fractions & ((1 << FRACTION_BITS) - 1)) * 1_000_000_000L >>> FRACTION_BITS;
        return Duration.ofSeconds(fractions >> FRACTION_BITS, nanos);
    }
}
