package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.vrrp.VrrpEffect.Mismatch;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a router lets in: the checks of a received message, in the order in which they count.
///
/// Each refusal, and each difference that does not matter enough for one, is told once, until
/// [#forget]; the counters count them all.
final class AdvertGate {

    private static final int TTL = 255;

    /// What Ethernet pads short frames to, less the IPv4 header.
    private static final int PADDED_BYTES = 46 - 20;

    private final VrrpSpec spec;
    private final Tally tally;
    private final SequenceNumbers numbers;
    private final Checksums checksums;
    private final Trailers trailers;
    private final byte[] password;
    private final byte[] addresses;
    private final LastHeard last = new LastHeard();
    private final Set<Mismatch.Kind> told = EnumSet.noneOf(Mismatch.Kind.class);
    private final Set<DropReason> toldDrops = EnumSet.noneOf(DropReason.class);

    AdvertGate(VrrpSpec spec, Tally tally, Dialect dialect) {
        this.spec = spec;
        this.tally = tally;
        this.numbers = dialect.numbers();
        this.checksums = dialect.checksums();
        this.trailers = dialect.trailers();
        this.password =
                switch (spec.authentication()) {
                    case Authentication.None _,
                            Authentication.AuthenticationHeader _,
                            Authentication.Hmac _ ->
                            new byte[0];
                    case Authentication.Password octets -> octets.octets();
                };
        ByteBuffer out = ByteBuffer.allocate(addressBytes() * spec.addresses().size());
        spec.addresses().forEach(address -> out.put(address.address().octets()));
        this.addresses = out.array();
    }

    /// Reads a message that counts; says why it does not otherwise.
    Optional<Heard> admit(Turn turn, Datagram datagram) {
        Optional<Heard> again = last.again(datagram);
        if (again.isPresent()) {
            tally.received();
            return again;
        }
        Optional<DropReason> refused = refuse(turn, datagram);
        if (refused.isEmpty() && spec.isOwner() && spec.election().ownerIgnoresAdverts()) {
            refused = Optional.of(DropReason.OWNER_IGNORES);
        }
        if (refused.isEmpty()) {
            tally.received(); // What comes too far, or from a stranger, is an advert all the same.
            refused = refuseSender(datagram);
        }
        if (refused.isPresent()) {
            drop(turn, datagram, refused.get());
            return Optional.empty();
        }
        checksums.learn(message(datagram), datagram.source(), datagram.destination());
        Heard heard = read(datagram);
        if (heard.isResignation()) {
            tally.receivedResignation();
            return Optional.of(heard);
        }
        // Headers and trailers with numbers are never the same twice.
        return wantsHeader() || trailers.areRead()
                ? Optional.of(heard)
                : last.keep(datagram, heard);
    }

    void drop(Turn turn, Datagram datagram, DropReason reason) {
        tally.dropped(reason);
        if (toldDrops.add(reason)) {
            turn.ask(new VrrpEffect.PacketDropped(spec.name(), datagram.source(), reason));
        }
    }

    /// Why the message is ignored, or empty when it counts.
    private Optional<DropReason> refuse(Turn turn, Datagram datagram) {
        ByteBuffer in = AhCodec.message(datagram);
        if (AhCodec.isWrapped(datagram) != wantsHeader()) {
            return Optional.of(DropReason.AUTH_TYPE_MISMATCH);
        }
        if (hasWrongLength(in)) {
            return Optional.of(DropReason.WRONG_LENGTH);
        }
        if (datagram.destination().isMulticast() && datagram.hopLimit() != TTL) {
            return Optional.of(DropReason.WRONG_TTL);
        }
        if (AdvertCodec.version(in) != AdvertCodec.number(spec.version())) {
            return Optional.of(DropReason.WRONG_VERSION);
        }
        if (trailers.areRead()) {
            Optional<DropReason> unbelieved = refuseTrailer(turn, datagram);
            if (unbelieved.isPresent()) {
                return unbelieved;
            }
        }
        Optional<DropReason> byVersion =
                switch (spec.version()) {
                    case V2 -> refuseVersion2(datagram, in);
                    case V3 -> Optional.empty();
                };
        if (byVersion.isPresent()) {
            return byVersion;
        }
        if (AdvertCodec.type(in) != AdvertCodec.TYPE_ADVERTISEMENT) {
            return Optional.of(DropReason.WRONG_TYPE);
        }
        if (spec.conduct().strict() && AdvertCodec.addressCount(in) == 0) {
            return Optional.of(DropReason.NO_ADDRESSES);
        }
        // A master that promises an advert every zero seconds would be found dead at once.
        if (AdvertCodec.interval(in, spec.version()).isZero()) {
            return Optional.of(DropReason.WRONG_INTERVAL);
        }
        if (hasWrongChecksum(datagram)) {
            return Optional.of(DropReason.WRONG_CHECKSUM);
        }
        return switch (spec.transport()) {
            case Transport.Multicast(var group) ->
                    datagram.destination().equals(group)
                            ? Optional.empty()
                            : Optional.of(DropReason.WRONG_TRANSPORT);
            case Transport.Unicast _ ->
                    datagram.destination().isMulticast()
                            ? Optional.of(DropReason.WRONG_TRANSPORT)
                            : Optional.empty();
        };
    }

    /// Whether the sender of a message that passed all else may speak to us.
    private Optional<DropReason> refuseSender(Datagram datagram) {
        if (!(spec.transport() instanceof Transport.Unicast unicast)) {
            return Optional.empty();
        }
        for (Transport.Peer peer : unicast.peers()) {
            if (peer.address().equals(datagram.source())) {
                boolean near =
                        datagram.hopLimit() >= peer.minTtl()
                                && datagram.hopLimit() <= peer.maxTtl();
                return near ? Optional.empty() : Optional.of(DropReason.WRONG_TTL);
            }
        }
        return unicast.checkSource() ? Optional.of(DropReason.UNKNOWN_PEER) : Optional.empty();
    }

    private Heard read(Datagram datagram) {
        ByteBuffer in = AhCodec.message(datagram);
        return new Heard(
                datagram.source(),
                AdvertCodec.priority(in),
                AdvertCodec.interval(in, spec.version()));
    }

    /// Says where a message that counts differs from what this router is told.
    ///
    /// @param sameMaster whether the sender is the master heard before
    void compare(Turn turn, Datagram datagram, boolean sameMaster) {
        if (last.isLikeOurs()) {
            return;
        }
        boolean differs = false;
        ByteBuffer in = AhCodec.message(datagram);
        Duration interval = AdvertCodec.interval(in, spec.version());
        if (!interval.equals(spec.timing().interval())) {
            differs = true;
            tell(turn, datagram.source(), Mismatch.Kind.INTERVAL, interval.toMillis() + "ms");
        }
        int count = AdvertCodec.addressCount(in);
        if (count != spec.addresses().size()) {
            differs = true;
            tally.otherAddresses();
            tell(turn, datagram.source(), Mismatch.Kind.ADDRESS_COUNT, String.valueOf(count));
        } else if (!(spec.skipAddressCheck() && sameMaster) && hasOtherAddresses(in)) {
            differs = true;
            tally.otherAddresses();
            tell(turn, datagram.source(), Mismatch.Kind.ADDRESSES, "");
        }
        if (!differs && !spec.skipAddressCheck()) {
            last.foundLikeOurs();
        }
    }

    /// Says one difference, unless it has been said.
    void tell(Turn turn, IpAddress source, Mismatch.Kind kind, String detail) {
        if (told.add(kind)) {
            turn.ask(new Mismatch(spec.name(), source, kind, detail));
        }
    }

    /// Makes everything worth telling again.
    void forget() {
        told.clear();
        toldDrops.clear();
    }

    private boolean hasWrongLength(ByteBuffer in) {
        Version version = AdvertCodec.version(in) == 2 ? Version.V2 : Version.V3;
        int expected = AdvertCodec.bytes(version, spec.family(), AdvertCodec.addressCount(in));
        boolean padded = in.remaining() > expected && in.remaining() <= PADDED_BYTES;
        if (trailers.areRead() && Trailers.hasTrailer(in, expected)) {
            return false;
        }
        return in.remaining() != expected && !(padded && spec.family() == Family.INET);
    }

    private Optional<DropReason> refuseTrailer(Turn turn, Datagram datagram) {
        ByteBuffer in = datagram.payload();
        int bytes = messageBytes(in);
        Optional<DropReason> refused = trailers.refuse(turn.now(), datagram, bytes);
        if (refused.isEmpty()) {
            trailers.skew(turn.now(), in, bytes)
                    .ifPresent(
                            skew ->
                                    tell(
                                            turn,
                                            datagram.source(),
                                            Mismatch.Kind.CLOCK,
                                            skew.toMillis() + "ms"));
        }
        return refused;
    }

    private boolean hasWrongChecksum(Datagram datagram) {
        IpAddress source = datagram.source();
        IpAddress destination = datagram.destination();
        if (checksums.areRight(message(datagram), source, destination)) {
            return false;
        }
        // A kernel that computes checksums of IPv6 counts the trailer in; the hash has vouched
        // for more than the checksum could.
        boolean byKernel =
                spec.family() == Family.INET6
                        && trailers.areRead()
                        && checksums.areRight(datagram.payload().duplicate(), source, destination);
        return !byKernel;
    }

    private Optional<DropReason> refuseVersion2(Datagram datagram, ByteBuffer in) {
        int authType = AdvertCodec.authType(in);
        if (authType > AdvertCodec.AUTH_HIGHEST) {
            return Optional.of(DropReason.WRONG_AUTH_TYPE);
        }
        if (authType != AdvertCodec.authType(spec.authentication())) {
            return Optional.of(DropReason.AUTH_TYPE_MISMATCH);
        }
        if (password.length > 0) {
            byte[] given = new byte[password.length];
            in.get(in.position() + messageBytes(in) - given.length, given);
            if (!MessageDigest.isEqual(password, given)) {
                return Optional.of(DropReason.AUTH_FAILURE);
            }
        }
        if (spec.authentication() instanceof Authentication.AuthenticationHeader key) {
            Optional<DropReason> refused = refuseHeader(key, datagram);
            if (refused.isPresent()) {
                return refused;
            }
        }
        boolean sameInterval =
                AdvertCodec.interval(in, Version.V2).equals(spec.timing().interval());
        return sameInterval ? Optional.empty() : Optional.of(DropReason.WRONG_INTERVAL);
    }

    private Optional<DropReason> refuseHeader(
            Authentication.AuthenticationHeader key, Datagram datagram) {
        if (!AhCodec.isGenuine(key, datagram)) {
            return Optional.of(DropReason.AUTH_FAILURE);
        }
        long number = AhCodec.sequence(datagram);
        if (!numbers.isFresh(datagram.source(), number)) {
            return Optional.of(DropReason.REPLAYED);
        }
        numbers.heard(datagram.source(), number);
        return Optional.empty();
    }

    private boolean wantsHeader() {
        return spec.authentication() instanceof Authentication.AuthenticationHeader;
    }

    /// The message without what may stand behind it.
    private ByteBuffer message(Datagram datagram) {
        ByteBuffer message = AhCodec.message(datagram).duplicate();
        return message.limit(message.position() + messageBytes(message));
    }

    private boolean hasOtherAddresses(ByteBuffer in) {
        byte[] theirs = new byte[addresses.length];
        in.get(in.position() + AdvertCodec.HEADER_BYTES, theirs);
        return !Arrays.equals(theirs, addresses) && !setOf(theirs).equals(setOf(addresses));
    }

    private Set<ByteBuffer> setOf(byte[] octets) {
        Set<ByteBuffer> set = new HashSet<>();
        for (int at = 0; at < octets.length; at += addressBytes()) {
            set.add(ByteBuffer.wrap(octets, at, addressBytes()));
        }
        return set;
    }

    /// The length of the message without what Ethernet put behind it.
    private int messageBytes(ByteBuffer in) {
        return AdvertCodec.bytes(spec.version(), spec.family(), AdvertCodec.addressCount(in));
    }

    private int addressBytes() {
        return spec.family().bits() / Byte.SIZE;
    }
}
