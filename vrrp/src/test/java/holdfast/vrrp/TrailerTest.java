package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.Authentication.Hmac;
import holdfast.vrrp.Authentication.Hmac.Mode;
import holdfast.vrrp.VrrpEffect.SendPacket;
import holdfast.vrrp.VrrpEvent.DeadlineReached;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.vrrp.VrrpEvent.Respecified;
import holdfast.vrrp.VrrpEvent.WallClockIs;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Adverts with trailers (`auth_hmac`): the bytes, who is believed, and what is not.
class TrailerTest {

    private static final Instant NOON = Instant.ofEpochSecond(1_700_000_000L, 500_000_000L);
    private static final IpAddress OURS = Specs.ip("192.0.2.7");
    private static final IpAddress PEER = Specs.ip("192.0.2.2");
    private static final HmacKey KEY = key(7, "0123456789abcdef0123456789abcdef");
    private static final HmacKey OTHER = key(8, "another key, which is just as long");
    private static final Hmac ENFORCED = hmac(Mode.ENFORCE, 7, KEY);

    private static HmacKey key(int id, String text) {
        return new HmacKey(id, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Hmac hmac(Mode mode, int active, HmacKey... keys) {
        return new Hmac(List.of(keys), active, mode, Duration.ofSeconds(6), true);
    }

    private static Hmac monotonic() {
        return new Hmac(List.of(KEY), 7, Mode.ENFORCE, Duration.ofSeconds(6), false);
    }

    private static VrrpSpec spec(Authentication authentication) {
        return Specs.v3(100).with(authentication).spec();
    }

    /// A router that hears, with a clock of its own.
    private static final class Listener {
        private final VrrpNode node;
        private final VrrpSpec spec;
        private MonoTime now = new MonoTime(0);
        private List<VrrpEffect> effects = List.of();

        Listener(VrrpSpec spec) {
            this.spec = spec;
            this.node = new VrrpNode(Specs.node(spec), now);
            clock(NOON);
            node.on(now, Story.up("eth0", OURS.toString(), "fe80::7"));
        }

        void clock(Instant time) {
            assertTrue(node.needsWallClock());
            node.on(now, new WallClockIs(time));
        }

        Listener hears(byte[] payload) {
            return hears(PEER, payload);
        }

        Listener hears(IpAddress from, byte[] payload) {
            Datagram datagram =
                    new Datagram(from, Specs.destination(spec), 255, ByteBuffer.wrap(payload));
            effects = node.on(now, new PacketReceived("eth0", datagram));
            return this;
        }

        Map<DropReason, Long> dropped() {
            return node.status().getFirst().counters().dropped();
        }
    }

    /// What a router with these orders at `from` sends when its clock stands at `stamp`.
    private static byte[] sent(VrrpSpec spec, IpAddress from, Instant time) {
        WallClock clock = new WallClock();
        clock.is(new MonoTime(0), time);
        byte[] message = AdvertCodec.encode(spec, 50, from, Specs.destination(spec));
        byte[] trailer = new Trailers(spec, clock).make(new MonoTime(0), from, message);
        return ByteBuffer.allocate(message.length + trailer.length)
                .put(message)
                .put(trailer)
                .array();
    }

    private static byte[] sent(Authentication authentication, Instant time) {
        return sent(spec(authentication), PEER, time);
    }

    private static Map<DropReason, Long> dropped(Authentication ours, byte[]... payloads) {
        Listener listener = new Listener(spec(ours));
        for (byte[] payload : payloads) {
            listener.hears(payload);
        }
        return listener.dropped();
    }

    private static byte[] changed(byte[] packet, int at) {
        byte[] copy = packet.clone();
        copy[at] ^= 1;
        return copy;
    }

    private static SendPacket takeover(VrrpSpec spec) {
        Listener master = new Listener(spec);
        return packets(master).getFirst();
    }

    private static List<SendPacket> packets(Listener master) {
        return master.node.on(master.node.deadline(), new DeadlineReached()).stream()
                .filter(SendPacket.class::isInstance)
                .map(SendPacket.class::cast)
                .toList();
    }

    /// The clock is told when it begins to matter: at the takeover 3.609375 s have gone by.
    private static String atNoon(VrrpSpec spec) {
        Listener master = new Listener(spec);
        master.now = master.node.deadline();
        master.clock(NOON);
        return HexFormat.of().formatHex(packets(master).getFirst().message());
    }

    @Test
    void theHashIsThatOfTheTestVectors() {
        assertEquals(
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
                hash("0b".repeat(20), "4869205468657265"));
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                hash("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f"));
        assertEquals(
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
                hash("aa".repeat(20), "dd".repeat(50)));
    }

    private static String hash(String key, String text) {
        HexFormat hex = HexFormat.of();
        KeyedHash hash = new KeyedHash(KeyedHash.SHA256, hex.parseHex(key));
        return hex.formatHex(hash.of(ByteBuffer.wrap(hex.parseHex(text))));
    }

    @Test
    void everyBitIsWhereItBelongs() {
        // Computed apart from this program, from the description of the format.
        assertEquals(
                "210164010001b897c00002640000000000000000010700006553f100800000001"
                        + "fc5578295c15f9a40920f92097067bc",
                atNoon(Specs.v2(100).with(ENFORCED).spec()));
        assertEquals(
                "310164010064059ec0000264010700006553f10080000000622a6ac3fb8e0ee4b3405ebeeca461a9",
                atNoon(Specs.v3(100).with(ENFORCED).spec()));
        assertEquals(
                "3101640200643f61fe80000000000000000000000000006420010db8000000000000000000000064"
                        + "010700006553f10080000000b58559cd3f734efefa52e83802b067f2",
                atNoon(inet6()));
    }

    private static VrrpSpec inet6() {
        return Specs.v3(100)
                .with(new Transport.Multicast(Specs.GROUP6), Optional.empty(), Family.INET6)
                .with(List.of(Specs.address("fe80::64"), Specs.address("2001:db8::64")))
                .with(ENFORCED)
                .spec();
    }

    @Test
    void whatOneSendsTheOtherBelieves() {
        for (VrrpSpec spec :
                List.of(Specs.v2(100).with(ENFORCED).spec(), Specs.v3(100).with(ENFORCED).spec())) {
            Listener listener = new Listener(spec).hears(sent(spec, PEER, NOON));
            assertEquals(Map.of(), listener.dropped());
            assertEquals(1, listener.node.status().getFirst().counters().advertsReceived());
        }
        IpAddress peer = Specs.ip("fe80::2");
        Listener six = new Listener(inet6()).hears(peer, sent(inet6(), peer, NOON));
        assertEquals(Map.of(), six.dropped());
    }

    @Test
    void overIpv6AChecksumThatAKernelMadeOverAllIsBelievedToo() {
        IpAddress peer = Specs.ip("fe80::2");
        ByteBuffer packet = ByteBuffer.wrap(sent(inet6(), peer, NOON)).putShort(6, (short) 0);
        long header = PseudoHeader.sum(peer, Specs.GROUP6, 112, packet.remaining());
        packet.putShort(6, (short) AdvertCodec.checksum(packet, header));
        assertEquals(Map.of(), new Listener(inet6()).hears(peer, packet.array()).dropped());
        packet.putShort(6, (short) (packet.getShort(6) + 1));
        assertEquals(
                Map.of(DropReason.WRONG_CHECKSUM, 1L),
                new Listener(inet6()).hears(peer, packet.array()).dropped());
    }

    @Test
    void noBitMayBeAnother() {
        byte[] good = sent(ENFORCED, NOON);
        assertEquals(Map.of(), dropped(ENFORCED, good));
        int message = good.length - TrailerCodec.BYTES;
        for (int at = 0; at < good.length; at++) {
            if (at == 1) {
                continue; // Another virtual router is nobody here.
            }
            assertNotEquals(Map.of(), dropped(ENFORCED, changed(good, at)), "octet " + at);
        }
        for (int at : new int[] {2, 4, 8, message + 7, message + 11, message + 12}) {
            assertEquals(
                    Map.of(DropReason.TRAILER_FORGED, 1L),
                    dropped(ENFORCED, changed(good, at)),
                    "octet " + at);
        }
    }

    @Test
    void anotherSenderCannotUseIt() {
        Listener listener = new Listener(spec(ENFORCED));
        listener.hears(Specs.ip("192.0.2.3"), sent(ENFORCED, NOON));
        assertEquals(Map.of(DropReason.TRAILER_FORGED, 1L), listener.dropped());
    }

    @Test
    void everyRefusalHasItsName() {
        byte[] good = sent(ENFORCED, NOON);
        byte[] bare = Arrays.copyOf(good, good.length - TrailerCodec.BYTES);
        int trailer = bare.length;

        assertEquals(Map.of(DropReason.TRAILER_MISSING, 1L), dropped(ENFORCED, bare));
        assertEquals(
                Map.of(DropReason.TRAILER_MALFORMED, 2L),
                dropped(ENFORCED, changed(good, trailer), changed(good, trailer + 3)));
        assertEquals(
                Map.of(DropReason.TRAILER_KEY_UNKNOWN, 1L),
                dropped(ENFORCED, changed(good, trailer + 1)));
        assertEquals(
                Map.of(DropReason.TRAILER_FORGED, 1L),
                dropped(ENFORCED, sent(hmac(Mode.ENFORCE, 7, key(7, "x".repeat(64))), NOON)));
        assertEquals(Map.of(DropReason.TRAILER_REPLAYED, 1L), dropped(ENFORCED, good, good));
        assertEquals(
                Map.of(DropReason.WRONG_LENGTH, 1L),
                dropped(ENFORCED, Arrays.copyOf(good, good.length - 1)));
        assertEquals(Map.of(DropReason.WRONG_LENGTH, 1L), new DroppedWithout(good).dropped());
    }

    /// A router without `auth_hmac` that hears an advert with a trailer.
    private record DroppedWithout(byte[] packet) {
        Map<DropReason, Long> dropped() {
            VrrpNode node =
                    new VrrpNode(Specs.node(spec(new Authentication.None())), new MonoTime(0));
            node.on(new MonoTime(0), Story.up("eth0", OURS.toString()));
            Datagram datagram = new Datagram(PEER, Specs.GROUP4, 255, ByteBuffer.wrap(packet));
            node.on(new MonoTime(0), new PacketReceived("eth0", datagram));
            assertFalse(node.needsWallClock());
            return node.status().getFirst().counters().dropped();
        }
    }

    @Test
    void aTimeIsBelievedWithinTheWindow() {
        Map<DropReason, Long> stale = Map.of(DropReason.TRAILER_STALE, 1L);

        assertEquals(Map.of(), dropped(ENFORCED, sent(ENFORCED, NOON.minusSeconds(6))));
        assertEquals(Map.of(), dropped(ENFORCED, sent(ENFORCED, NOON.plusSeconds(6))));
        assertEquals(stale, dropped(ENFORCED, sent(ENFORCED, NOON.minusMillis(6_001))));
        assertEquals(stale, dropped(ENFORCED, sent(ENFORCED, NOON.plusMillis(6_001))));
        Hmac impostor = hmac(Mode.ENFORCE, 7, key(7, "y".repeat(40)));
        assertEquals(
                stale,
                dropped(ENFORCED, sent(impostor, NOON.minusSeconds(60))),
                "the time is looked at before the hash");
    }

    @Test
    void withoutTheClockTimesMustOnlyGrow() {
        byte[] old = sent(monotonic(), NOON.minusSeconds(86_400));
        byte[] older = sent(monotonic(), NOON.minusSeconds(86_401));

        assertEquals(Map.of(), dropped(monotonic(), older, old));
        assertEquals(Map.of(DropReason.TRAILER_REPLAYED, 1L), dropped(monotonic(), old, older));
    }

    @Test
    void aClockThatIsHalfAWindowAwayIsToldOnce() {
        Listener listener = new Listener(spec(ENFORCED));
        listener.hears(sent(ENFORCED, NOON.minusMillis(3_000)));
        assertEquals(List.of(), told(listener));
        listener.hears(sent(ENFORCED, NOON.minusMillis(2_999)));
        assertEquals(List.of(), told(listener));
        listener.hears(sent(ENFORCED, NOON.plusMillis(3_500)));
        assertEquals(List.of("-3500ms"), told(listener));
        listener.hears(sent(ENFORCED, NOON.plusMillis(3_600)));
        assertEquals(List.of(), told(listener));
        assertEquals(Map.of(), listener.dropped());
    }

    private static List<String> told(Listener listener) {
        return listener.effects.stream()
                .filter(VrrpEffect.Mismatch.class::isInstance)
                .map(VrrpEffect.Mismatch.class::cast)
                .filter(one -> one.kind() == VrrpEffect.Mismatch.Kind.CLOCK)
                .map(VrrpEffect.Mismatch::detail)
                .toList();
    }

    @Test
    void theModeDecidesAboutAdvertsWithoutTrailers() {
        byte[] good = sent(ENFORCED, NOON);
        byte[] bare = Arrays.copyOf(good, good.length - TrailerCodec.BYTES);
        for (Mode mode : List.of(Mode.PERMISSIVE, Mode.RECEIVE_ONLY)) {
            Hmac mild = hmac(mode, 7, KEY);
            assertEquals(Map.of(), dropped(mild, bare, bare, good));
            assertEquals(
                    Map.of(DropReason.TRAILER_FORGED, 1L),
                    dropped(mild, changed(good, good.length - 1)));
        }
        int plain = bare.length;
        int trailed = plain + TrailerCodec.BYTES;
        assertEquals(trailed, takeover(spec(ENFORCED)).message().length);
        assertEquals(trailed, takeover(spec(hmac(Mode.PERMISSIVE, 7, KEY))).message().length);
        assertEquals(plain, takeover(spec(hmac(Mode.RECEIVE_ONLY, 7, KEY))).message().length);
    }

    @Test
    void keysAreChangedWithoutALoss() {
        Hmac old = hmac(Mode.ENFORCE, 7, KEY);
        Hmac both = hmac(Mode.ENFORCE, 7, KEY, OTHER);
        Hmac turned = hmac(Mode.ENFORCE, 8, KEY, OTHER);
        Hmac fresh = hmac(Mode.ENFORCE, 8, OTHER);

        assertEquals(Map.of(), dropped(both, sent(old, NOON)));
        assertEquals(Map.of(), dropped(both, sent(turned, NOON)));
        assertEquals(Map.of(), dropped(turned, sent(both, NOON)));
        assertEquals(Map.of(), dropped(fresh, sent(turned, NOON)));
        assertEquals(Map.of(DropReason.TRAILER_KEY_UNKNOWN, 1L), dropped(fresh, sent(both, NOON)));
    }

    @Test
    void newOrdersDoNotMakeOldAdvertsCountAgain() {
        Listener listener = new Listener(spec(ENFORCED));
        byte[] good = sent(ENFORCED, NOON);
        listener.hears(good);
        VrrpSpec next = spec(hmac(Mode.ENFORCE, 8, KEY, OTHER));
        listener.node.on(listener.now, new Respecified(Specs.node(next)));
        listener.hears(good);
        assertEquals(Map.of(DropReason.TRAILER_REPLAYED, 1L), listener.dropped());
    }

    @Test
    void ofMulticastSendersTheLastFourAreRemembered() {
        Listener listener = new Listener(spec(ENFORCED));
        VrrpSpec spec = spec(ENFORCED);
        for (int host = 11; host <= 14; host++) {
            IpAddress from = Specs.ip("192.0.2." + host);
            listener.hears(from, sent(spec, from, NOON));
        }
        IpAddress first = Specs.ip("192.0.2.11");
        IpAddress second = Specs.ip("192.0.2.12");
        IpAddress fifth = Specs.ip("192.0.2.15");
        listener.hears(first, sent(spec, first, NOON.plusMillis(1)));
        assertEquals(Map.of(), listener.dropped());
        listener.hears(fifth, sent(spec, fifth, NOON));
        listener.hears(first, sent(spec, first, NOON.plusMillis(1)));
        assertEquals(Map.of(DropReason.TRAILER_REPLAYED, 1L), listener.dropped());
        listener.hears(second, sent(spec, second, NOON));
        assertEquals(
                Map.of(DropReason.TRAILER_REPLAYED, 1L),
                listener.dropped(),
                "the one that was silent for longest made room");
    }

    @Test
    void unicastPeersAreRememberedOneByOne() {
        List<Transport.Peer> peers =
                IntStream.rangeClosed(11, 30)
                        .mapToObj(host -> new Transport.Peer(Specs.ip("192.0.2." + host), 0, 255))
                        .toList();
        VrrpSpec spec =
                Specs.v3(100)
                        .with(
                                new Transport.Unicast(peers, 255, true),
                                Optional.of(OURS),
                                Family.INET)
                        .with(ENFORCED)
                        .spec();
        Listener listener = new Listener(spec);
        for (int round = 1; round <= 2; round++) {
            for (Transport.Peer peer : peers) {
                listener.hears(peer.address(), sent(spec, peer.address(), NOON));
            }
        }
        assertEquals(Map.of(DropReason.TRAILER_REPLAYED, 20L), listener.dropped());
    }

    @Test
    void allCopiesOfAnAdvertHaveOneTrailer() {
        List<Transport.Peer> peers =
                List.of(
                        new Transport.Peer(PEER, 0, 255),
                        new Transport.Peer(Specs.ip("192.0.2.3"), 0, 255));
        VrrpSpec spec =
                Specs.v3(100)
                        .with(
                                new Transport.Unicast(peers, 255, true),
                                Optional.of(OURS),
                                Family.INET)
                        .with(ENFORCED)
                        .spec();
        List<SendPacket> copies = packets(new Listener(spec));
        assertEquals(2, copies.size());
        assertEquals(trailer(copies.getFirst()), trailer(copies.getLast()));
        for (SendPacket copy : copies) {
            ByteBuffer message =
                    ByteBuffer.wrap(copy.message(), 0, copy.message().length - TrailerCodec.BYTES);
            assertTrue(new Checksums(spec).areRight(message, OURS, copy.destination()));
        }
    }

    private static String trailer(SendPacket packet) {
        byte[] message = packet.message();
        int from = message.length - TrailerCodec.BYTES;
        return HexFormat.of().formatHex(message, from, message.length);
    }

    @Test
    void stampsGrowWhateverTheClockDoes() {
        Stamps stamps = new Stamps();
        long clock = 5L << 16;
        assertEquals(clock, stamps.next(clock));
        assertEquals(clock + 1, stamps.next(clock));
        assertEquals(clock + 2, stamps.next(4L << 16));
        assertEquals(6L << 16, stamps.next(6L << 16));
        for (int i = 0; i < 0xffff; i++) {
            stamps.next(0);
        }
        assertEquals(7L << 16, stamps.next(0), "the counter flows over into the fraction");
    }

    @Test
    void aPasswordBesideItIsNoMore() {
        byte[] message = takeover(Specs.v2(100).with(ENFORCED).spec()).message();
        assertEquals(AdvertCodec.AUTH_NONE, message[4]);
        assertEquals(20 + TrailerCodec.BYTES, message.length);
    }

    @Test
    void keysAreNotPrinted() {
        String text = spec(ENFORCED).toString();
        assertFalse(text.contains("0123456789abcdef"), text);
        assertTrue(text.contains("********"), text);
    }
}
