package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEffect.SendPacket;
import holdfast.vrrp.VrrpEvent.DeadlineReached;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.vrrp.VrrpEvent.StopRequested;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What RFC 9568 and RFC 3768 demand, where no other test is about it.
class StandardTest {

    private static final String PEER = "192.0.2.2";
    private static final IpAddress PEER6 = Specs.ip("fe80::2");
    private static final VrrpSpec V2 = Specs.v2(100).spec();
    private static final VrrpSpec V3 = Specs.v3(100).spec();
    private static final VrrpSpec V6 =
            Specs.v3(100)
                    .with(new Transport.Multicast(Specs.GROUP6), Optional.empty(), Family.INET6)
                    .with(List.of(Specs.address("fe80::64")))
                    .spec();
    private static final VrrpSpec SLOW =
            Specs.v3(150).with(new Timing(Duration.ofSeconds(4), 3)).spec();

    private static Story backup(VrrpSpec spec) {
        return new Story(spec).at(0, Story.up("eth0", "192.0.2.7")).skip();
    }

    private static VrrpNode started(VrrpSpec spec, String... addresses) {
        VrrpNode node = new VrrpNode(Specs.node(spec), new MonoTime(0));
        node.on(new MonoTime(0), Story.up("eth0", addresses));
        return node;
    }

    private static SendPacket firstAdvert(VrrpNode node) {
        return node.on(node.deadline(), new DeadlineReached()).stream()
                .filter(SendPacket.class::isInstance)
                .map(SendPacket.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Map<DropReason, Long> dropped(VrrpNode node, PacketReceived packet) {
        node.on(new MonoTime(1), packet);
        return node.status().getFirst().counters().dropped();
    }

    private static Map<DropReason, Long> dropped(VrrpSpec spec, byte[] message) {
        return dropped(started(spec, "192.0.2.7"), Story.packet(spec, PEER, message));
    }

    private static byte[] advert(VrrpSpec spec) {
        return AdvertCodec.encode(spec, 150, Specs.ip(PEER), Specs.destination(spec));
    }

    /// The message with an octet that is another, and the checksum that belongs to that.
    private static byte[] repaired(VrrpSpec spec, byte[] message, int at, int value) {
        ByteBuffer bytes = ByteBuffer.wrap(message.clone()).put(at, (byte) value);
        bytes.putShort(6, (short) 0);
        long seed =
                new Checksums(spec).seed(Specs.ip(PEER), Specs.destination(spec), message.length);
        return bytes.putShort(6, (short) AdvertCodec.checksum(bytes, seed)).array();
    }

    // Conforms: 9568-source4, 9568-group4, 3768-source, 3768-group
    @Test
    void advertsGoFromTheFirstAddressToTheGroup() {
        for (VrrpSpec spec : List.of(V2, V3)) {
            SendPacket packet = firstAdvert(started(spec, "192.0.2.100", "192.0.2.7", "192.0.2.8"));
            assertEquals(Specs.ip("192.0.2.7"), packet.source(), "the first that is not virtual");
            assertEquals(Specs.ip("224.0.0.18"), packet.destination());
        }
    }

    // Conforms: 9568-source6, 9568-group6, 9568-hops-sent
    @Test
    void advertsOverIpv6GoFromTheLinkLocalAddressToTheGroup() {
        SendPacket packet = firstAdvert(started(V6, "2001:db8::7", "fe80::7"));
        assertEquals(Specs.ip("fe80::7"), packet.source());
        assertEquals(Specs.ip("ff02::12"), packet.destination());
        assertEquals(255, packet.ttl());
    }

    // Conforms: 9568-ttl-sent, 3768-ttl-sent
    @Test
    void advertsHaveTheGreatestTtl() {
        assertEquals(255, firstAdvert(started(V2, "192.0.2.7")).ttl());
        assertEquals(255, firstAdvert(started(V3, "192.0.2.7")).ttl());
    }

    // Conforms: 9568-ttl-received, 9568-hops-received, 3768-ttl-received
    @Test
    void whatComesFromAfarIsDiscarded() {
        Map<DropReason, Long> far = Map.of(DropReason.WRONG_TTL, 1L);
        for (int ttl : new int[] {0, 1, 64, 254}) {
            for (VrrpSpec spec : List.of(V2, V3)) {
                Datagram datagram =
                        new Datagram(
                                Specs.ip(PEER), Specs.GROUP4, ttl, ByteBuffer.wrap(advert(spec)));
                VrrpNode node = started(spec, "192.0.2.7");
                assertEquals(far, dropped(node, new PacketReceived("eth0", datagram)));
            }
            byte[] message = AdvertCodec.encode(V6, 150, PEER6, Specs.GROUP6);
            Datagram datagram = new Datagram(PEER6, Specs.GROUP6, ttl, ByteBuffer.wrap(message));
            VrrpNode node = started(V6, "fe80::7");
            assertEquals(far, dropped(node, new PacketReceived("eth0", datagram)));
        }
    }

    // Conforms: 9568-type, 3768-type
    @Test
    void otherTypesAreDiscarded() {
        Map<DropReason, Long> other = Map.of(DropReason.WRONG_TYPE, 1L);
        for (int type = 0; type < 16; type++) {
            if (type != 1) {
                assertEquals(other, dropped(V2, repaired(V2, advert(V2), 0, 0x20 | type)));
                assertEquals(other, dropped(V3, repaired(V3, advert(V3), 0, 0x30 | type)));
            }
        }
    }

    // Conforms: 9568-count-zero
    @Test
    void inStrictModeAnAdvertWithoutAddressesIsIgnored() {
        byte[] empty = advert(Specs.v3(100).with(List.<VirtualAddress>of()).spec());
        Conduct strict =
                new Conduct(
                        true,
                        new ChecksumRule.Usual(),
                        false,
                        Optional.empty(),
                        new ReceiveShare.Usual(),
                        0);

        assertEquals(
                Map.of(DropReason.NO_ADDRESSES, 1L),
                dropped(Specs.v3(100).with(strict).spec(), empty));
        assertEquals(Map.of(), dropped(V3, empty));
    }

    // Conforms: 9568-reserved-sent, 9568-interval
    @Test
    void theIntervalHasTwelveBitsAndNoMore() {
        VrrpSpec longest = Specs.v3(100).with(new Timing(Duration.ofMillis(40_950), 3)).spec();
        VrrpSpec shortest = Specs.v3(100).with(new Timing(Duration.ofMillis(10), 3)).spec();

        assertEquals(0x0fff, ByteBuffer.wrap(advert(longest)).getShort(4));
        assertEquals(1, ByteBuffer.wrap(advert(shortest)).getShort(4));
    }

    // Conforms: 9568-reserved-received
    @Test
    void reservedBitsDoNotCount() {
        byte[] odd = repaired(V3, advert(V3), 4, 0xf0);
        VrrpNode node = started(V3, "192.0.2.7");

        assertEquals(Map.of(), dropped(node, Story.packet(V3, PEER, odd)));
        assertEquals(Duration.ofSeconds(1), node.status().getFirst().masterInterval());
    }

    // Conforms: 3768-interval
    @Test
    void theIntervalOfVersion2IsInSeconds() {
        VrrpSpec slow = Specs.v2(100).with(new Timing(Duration.ofSeconds(255), 3)).spec();
        assertEquals((byte) 255, advert(slow)[5]);
    }

    // Conforms: 3768-authentication-zero
    @Test
    void withoutAuthenticationItsDataDoNotCount() {
        byte[] message = advert(V2);
        for (int at = message.length - 8; at < message.length; at++) {
            assertEquals(0, message[at]);
            assertEquals(Map.of(), dropped(V2, repaired(V2, message, at, 0x5a)));
        }
    }

    // Conforms: 9568-receive-whole, 3768-receive-whole
    @Test
    void aMessageThatIsCutIsDiscarded() {
        for (VrrpSpec spec : List.of(V2, V3)) {
            byte[] whole = advert(spec);
            for (int bytes = 0; bytes < whole.length; bytes++) {
                VrrpNode node = started(spec, "192.0.2.7");
                node.on(new MonoTime(1), Story.packet(spec, PEER, Arrays.copyOf(whole, bytes)));
                assertEquals(0, node.status().getFirst().counters().advertsReceived());
            }
        }
    }

    // Conforms: 9568-receive-vrid, 3768-receive-vrid
    @Test
    void aRouterOfAnotherInterfaceIsNobodyHere() {
        for (VrrpSpec spec : List.of(V2, V3)) {
            VrrpNode node = started(spec, "192.0.2.7");
            PacketReceived good = Story.packet(spec, PEER, advert(spec));
            assertEquals(
                    List.of(),
                    node.on(new MonoTime(1), new PacketReceived("eth1", good.datagram())));
            byte[] other = repaired(spec, advert(spec), 1, 2);
            assertEquals(List.of(), node.on(new MonoTime(2), Story.packet(spec, PEER, other)));
            assertEquals(0, node.status().getFirst().counters().advertsReceived());
        }
    }

    // Conforms: 9568-start-other, 9568-down, 9568-skew
    @Test
    void aRouterOfVersion3StartsWithItsOwnInterval() {
        VrrpSpec spec = Specs.v3(100).with(new Timing(Duration.ofSeconds(2), 3)).spec();
        // 3 x 2 s and 156/256 of 2 s.
        backup(spec).reads("next 7218.750ms\n");
    }

    // Conforms: 9568-backup-shutdown, 3768-backup-shutdown
    @Test
    void aBackupGoesWithoutAWord() {
        for (VrrpSpec spec : List.of(V2, V3)) {
            backup(spec)
                    .at(100, new StopRequested())
                    .reads(
                            """
                            100ms StopRequested[]
                              a BACKUP -> STOP STOPPED 100
                            next never
                            """);
        }
    }

    // Conforms: 9568-backup-zero
    @Test
    void theSkewAfterAResignationIsThatOfTheMastersInterval() {
        Story story = backup(V3);
        story.at(1_000, Story.advert(SLOW, 150, PEER)).skip();
        story.at(2_000, Story.advert(SLOW, 0, PEER));

        // 156/256 of 4 s later.
        story.reads(
                """
                2000ms PacketReceived from 192.0.2.2 prio 0
                next 4437.500ms
                """);
    }

    // Conforms: 9568-backup-follow
    @Test
    void anEqualOfVersion3IsFollowed() {
        Story story = backup(V3);
        story.at(1_000, Story.advert(V3, 100, PEER));

        story.reads(
                """
                1000ms PacketReceived from 192.0.2.2 prio 100
                next 4609.375ms
                """);
    }

    // Conforms: 9568-master-outranked
    @Test
    void aMasterLearnsTheIntervalOfWhomItYieldsTo() {
        Story story = backup(V3).until(4_000).skip();
        story.at(4_100, Story.advert(SLOW, 150, PEER));

        // 3 x 4 s and 156/256 of 4 s later.
        story.reads(
                """
                4100ms PacketReceived from 192.0.2.2 prio 150
                  Mismatch[instance=a, source=192.0.2.2, kind=INTERVAL, detail=4000ms]
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP OUTRANKED 100
                next 18537.500ms
                """);
    }

    // Conforms: 9568-backup-mute, 3768-backup-mute
    @Test
    void aBackupHasTheAddressesOnNoInterface() {
        Story story = new Story(V3).at(0, Story.up("eth0", "192.0.2.7"));
        story.at(1_000, Story.advert(V3, 150, PEER));

        story.reads(
                """
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                1000ms PacketReceived from 192.0.2.2 prio 150
                next 4609.375ms
                """);
    }

    // Conforms: 9568-vrid, 3768-vrid
    @Test
    void everyRouterHasANumberOfItsOwn() {
        for (int vrid : new int[] {1, 128, 255}) {
            byte[] two = advert(Specs.v2(100).named("a", vrid, "eth0").spec());
            byte[] three = advert(Specs.v3(100).named("a", vrid, "eth0").spec());
            assertEquals((byte) vrid, two[1]);
            assertEquals((byte) vrid, three[1]);
        }
        assertNotEquals(V2.key(), Specs.v2(100).named("a", 2, "eth0").spec().key());
    }
}
