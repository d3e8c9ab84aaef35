package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.Authentication.AuthenticationHeader;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.vrrp.VrrpEvent.Respecified;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Adverts with authentication headers: what counts, what does not, and which numbers are used.
class AuthenticationHeaderTest {

    /// Recorded from a packaged router: multicast, password s3cr3t.
    private static final String MULTICAST =
            "45c000400001 0000ff33d0ad0a090001e00000127004 00000a09000100000001"
                    + "964d54601134892e932a271c 21336401 02016e5d0a0900640000000000000000";

    /// The same router to one peer, with a longer password of which eight octets count.
    private static final String UNICAST =
            "45c000400002 0000ff33a6b40a0900010a0900027004 00000a09000100000002"
                    + "cccc5e463bab273773d508d8 21346401 02016e5b0a0900650000000000000000";

    private static final AuthenticationHeader KEY = key("s3cr3t");
    private static final AuthenticationHeader LONG_KEY = key("longpassword");
    private static final IpAddress PEER = Specs.ip("10.9.0.1");
    private static final IpAddress OURS = Specs.ip("10.9.0.2");
    private static final VrrpSpec ROUTER = router(KEY, 50);

    private static AuthenticationHeader key(String password) {
        byte[] octets = password.getBytes(StandardCharsets.UTF_8);
        return new AuthenticationHeader(new Authentication.Password(octets));
    }

    private static VrrpSpec router(Authentication authentication, int priority) {
        return Specs.v2(priority)
                .named("a", 51, "eth0")
                .with(authentication)
                .with(List.of(Specs.address("10.9.0.100")))
                .spec();
    }

    private static Datagram recorded(String hex) {
        return received(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static Datagram received(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        return new Datagram(
                IpAddress.of(Arrays.copyOfRange(packet, 12, 16)),
                IpAddress.of(Arrays.copyOfRange(packet, 16, 20)),
                packet[8] & 0xff,
                packet[9] & 0xff,
                in.getShort(4) & 0xffff,
                in.slice(20, packet.length - 20));
    }

    /// An advert of the peer.
    private static PacketReceived advert(AuthenticationHeader key, long number, int priority) {
        byte[] message = AdvertCodec.encode(router(key, priority), priority, PEER, Specs.GROUP4);
        byte[] wrapped = AhCodec.wrap(key, number, PEER, Specs.GROUP4, 255, message);
        return wrapped(wrapped);
    }

    private static PacketReceived wrapped(byte[] payload) {
        return new PacketReceived(
                "eth0", new Datagram(PEER, Specs.GROUP4, 255, 51, 0, ByteBuffer.wrap(payload)));
    }

    private static VrrpNode started(VrrpSpec spec) {
        VrrpNode node = new VrrpNode(Specs.node(spec), new MonoTime(0));
        node.on(new MonoTime(0), Story.up("eth0", OURS.toString()));
        return node;
    }

    private static Map<DropReason, Long> dropped(VrrpSpec spec, PacketReceived... packets) {
        VrrpNode node = started(spec);
        long now = 1;
        for (PacketReceived packet : packets) {
            node.on(new MonoTime(now++), packet);
        }
        InstanceStatus.Counters counters = node.status().getFirst().counters();
        long ignored = counters.dropped().values().stream().mapToLong(Long::longValue).sum();
        assertEquals(packets.length - ignored, counters.advertsReceived());
        return counters.dropped();
    }

    /// The numbers of all that a node sends when it is woken.
    private static List<Long> sent(VrrpNode node) {
        return node.on(node.deadline(), new VrrpEvent.DeadlineReached()).stream()
                .filter(VrrpEffect.SendPacket.class::isInstance)
                .map(VrrpEffect.SendPacket.class::cast)
                .map(packet -> Integer.toUnsignedLong(ByteBuffer.wrap(packet.message()).getInt(8)))
                .toList();
    }

    @Test
    void recordedPacketsAreGenuine() {
        assertTrue(AhCodec.isGenuine(KEY, recorded(MULTICAST)));
        assertTrue(AhCodec.isGenuine(LONG_KEY, recorded(UNICAST)));
        assertFalse(AhCodec.isGenuine(LONG_KEY, recorded(MULTICAST)));
        assertEquals(2, AhCodec.sequence(recorded(UNICAST)));
    }

    @Test
    void routersMayChangeTheseOctetsOfTheHeaderAndNoOthers() {
        byte[] multicast = HexFormat.of().parseHex(MULTICAST.replace(" ", ""));
        byte[] unicast = HexFormat.of().parseHex(UNICAST.replace(" ", ""));

        for (int at : new int[] {1, 6, 7, 10, 11}) {
            assertTrue(AhCodec.isGenuine(KEY, received(flipped(multicast, at))), "octet " + at);
        }
        assertTrue(AhCodec.isGenuine(LONG_KEY, received(flipped(unicast, 8))));
        for (int at = 0; at < multicast.length; at++) {
            boolean read = at == 4 || at == 5 || at == 8 || at >= 12;
            if (read) {
                assertFalse(
                        AhCodec.isGenuine(KEY, received(flipped(multicast, at))), "octet " + at);
            }
        }
    }

    private static byte[] flipped(byte[] packet, int at) {
        byte[] copy = packet.clone();
        copy[at] ^= 1;
        return copy;
    }

    @Test
    void whatIsSentIsTheRecordedPacketButForTheDigestOfAnotherIdentification() {
        byte[] message = AdvertCodec.encode(router(KEY, 100), 100, PEER, Specs.GROUP4);
        byte[] ours = AhCodec.wrap(KEY, 1, PEER, Specs.GROUP4, 255, message);
        byte[] theirs = new byte[ours.length];
        recorded(MULTICAST).payload().get(0, theirs);
        Arrays.fill(theirs, 12, 24, (byte) 0);
        byte[] masked = ours.clone();
        Arrays.fill(masked, 12, 24, (byte) 0);

        assertArrayEquals(theirs, masked);
        assertTrue(
                AhCodec.isGenuine(
                        KEY, new Datagram(PEER, Specs.GROUP4, 255, 51, 0, ByteBuffer.wrap(ours))));
    }

    @Test
    void aRecordedAdvertCountsOnce() {
        PacketReceived packet = new PacketReceived("eth0", recorded(MULTICAST));

        assertEquals(Map.of(), dropped(ROUTER, packet));
        assertEquals(Map.of(DropReason.REPLAYED, 1L), dropped(ROUTER, packet, packet));
    }

    @Test
    void numbersMustGrowUntilTheyStartAgain() {
        assertEquals(Map.of(), dropped(ROUTER, advert(KEY, 7, 100), advert(KEY, 9, 100)));
        assertEquals(
                Map.of(DropReason.REPLAYED, 1L),
                dropped(ROUTER, advert(KEY, 7, 100), advert(KEY, 6, 100)));
        assertEquals(
                Map.of(), dropped(ROUTER, advert(KEY, 0xFFFF_FFFDL, 100), advert(KEY, 1, 100)));
        assertEquals(
                Map.of(DropReason.REPLAYED, 1L),
                dropped(ROUTER, advert(KEY, 0xFFFF_FFFCL, 100), advert(KEY, 1, 100)));
    }

    @Test
    void thePasswordMustBeTheSame() {
        assertEquals(
                Map.of(DropReason.AUTH_FAILURE, 1L), dropped(ROUTER, advert(LONG_KEY, 1, 100)));
    }

    @Test
    void theHeaderMustBeThereExactlyWhenItIsWanted() {
        byte[] bare = AdvertCodec.encode(ROUTER, 100, PEER, Specs.GROUP4);

        assertEquals(
                Map.of(DropReason.AUTH_TYPE_MISMATCH, 1L),
                dropped(ROUTER, Story.packet(ROUTER, PEER.toString(), bare)));
        assertEquals(
                Map.of(DropReason.AUTH_TYPE_MISMATCH, 1L),
                dropped(router(new Authentication.None(), 50), advert(KEY, 1, 100)));
    }

    @Test
    void whatIsCutTooShortIsIgnored() {
        byte[] whole = new byte[AhCodec.BYTES + AdvertCodec.HEADER_BYTES];
        VrrpNode node = started(ROUTER);
        for (int bytes = 0; bytes < whole.length; bytes++) {
            assertEquals(List.of(), node.on(new MonoTime(1), wrapped(Arrays.copyOf(whole, bytes))));
        }
    }

    @Test
    void aMasterGoesOnFromTheHighestNumberThatItHeard() {
        VrrpNode node = started(ROUTER);
        node.on(new MonoTime(1), advert(KEY, 1000, 100));

        assertEquals(List.of(1001L), sent(node));
        assertEquals(List.of(1002L), sent(node));
        node.on(node.deadline().plus(Duration.ofMillis(-1)), advert(KEY, 5000, 20));
        assertEquals(List.of(5002L), sent(node), "after the one that answered the weaker router");
    }

    @Test
    void newOrdersDoNotStartTheNumbersAgain() {
        VrrpNode node = started(ROUTER);
        assertEquals(List.of(1L), sent(node));
        node.on(node.deadline().plus(Duration.ofMillis(-1)), advert(KEY, 7, 20));
        node.on(
                node.deadline().plus(Duration.ofMillis(-1)),
                new Respecified(Specs.node(router(KEY, 60))));

        assertEquals(List.of(9L), sent(node));
        node.on(node.deadline().plus(Duration.ofMillis(-1)), advert(KEY, 7, 20));
        assertEquals(
                Map.of(DropReason.REPLAYED, 1L), node.status().getFirst().counters().dropped());
    }

    @Test
    void everyUnicastPeerGetsANumberOfItsOwn() {
        List<Transport.Peer> peers =
                List.of(
                        new Transport.Peer(PEER, 0, 255),
                        new Transport.Peer(Specs.ip("10.9.0.3"), 0, 255));
        VrrpSpec spec =
                Specs.v2(50)
                        .named("a", 51, "eth0")
                        .with(
                                new Transport.Unicast(peers, 64, true),
                                Optional.of(OURS),
                                Family.INET)
                        .with(KEY)
                        .spec();

        assertEquals(List.of(1L, 2L), sent(started(spec)));
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertFalse(KEY.toString().contains("s3cr3t"));
    }
}
