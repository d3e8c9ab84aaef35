package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which packets count, and why the others do not.
class ReceiveTest {

    private static final IpAddress PEER = Specs.ip("192.0.2.2");
    private static final IpAddress STRANGER = Specs.ip("192.0.2.3");
    private static final IpAddress OURS = Specs.ip("192.0.2.7");
    private static final Authentication PASSWORD = password("s3cret");
    private static final VrrpSpec V2 = Specs.v2(100).spec();
    private static final VrrpSpec V3 = Specs.v3(100).spec();
    private static final VrrpSpec AUTHENTIC = Specs.v2(100).with(PASSWORD).spec();
    private static final VrrpSpec UNICAST =
            Specs.v3(100)
                    .with(
                            new Transport.Unicast(
                                    List.of(new Transport.Peer(PEER, 250, 254)), 254, true),
                            Optional.of(OURS),
                            Family.INET)
                    .spec();

    private static Authentication password(String text) {
        byte[] octets = new byte[text.length()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) text.charAt(i);
        }
        return new Authentication.Password(octets);
    }

    private static byte[] advert(VrrpSpec spec) {
        return AdvertCodec.encode(spec, 150, PEER, Specs.destination(spec));
    }

    private static byte[] changed(byte[] message, int at, int value) {
        byte[] copy = message.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static Map<DropReason, Long> dropped(VrrpSpec spec, byte[] message) {
        return dropped(spec, PEER, Specs.destination(spec), 255, message);
    }

    private static Map<DropReason, Long> dropped(
            VrrpSpec spec, IpAddress from, IpAddress to, int ttl, byte[] message) {
        VrrpNode node = new VrrpNode(Specs.node(spec), new MonoTime(0));
        node.on(new MonoTime(0), Story.up("eth0", "192.0.2.7", "fe80::7"));
        node.on(
                new MonoTime(1),
                new PacketReceived("eth0", new Datagram(from, to, ttl, ByteBuffer.wrap(message))));
        InstanceStatus.Counters counters = node.status().getFirst().counters();
        boolean fromAfar = counters.droppedFor(DropReason.UNKNOWN_PEER) > 0 || ttl != 255;
        assertEquals(
                counters.dropped().isEmpty() || fromAfar && spec.equals(UNICAST) ? 1 : 0,
                counters.advertsReceived());
        return counters.dropped();
    }

    private static void assertDropped(DropReason reason, Map<DropReason, Long> dropped) {
        assertEquals(Map.of(reason, 1L), dropped);
    }

    @Test
    void goodPacketsCount() {
        assertEquals(Map.of(), dropped(V2, advert(V2)));
        assertEquals(Map.of(), dropped(V3, advert(V3)));
        assertEquals(Map.of(), dropped(AUTHENTIC, advert(AUTHENTIC)));
        assertEquals(Map.of(), dropped(UNICAST, PEER, OURS, 254, advert(UNICAST)));
    }

    @Test
    void paddingOfEthernetIsIgnored() {
        assertEquals(Map.of(), dropped(V2, Arrays.copyOf(advert(V2), 26)));
        assertEquals(Map.of(), dropped(AUTHENTIC, Arrays.copyOf(advert(AUTHENTIC), 26)));
        assertEquals(Map.of(), dropped(V3, Arrays.copyOf(advert(V3), 26)));
    }

    // Conforms: 9568-receive-whole, 3768-receive-whole
    @Test
    void theLengthMustBeThatOfTheAddresses() {
        assertDropped(DropReason.WRONG_LENGTH, dropped(V2, Arrays.copyOf(advert(V2), 16)));
        assertDropped(DropReason.WRONG_LENGTH, dropped(V2, Arrays.copyOf(advert(V2), 28)));
        assertDropped(DropReason.WRONG_LENGTH, dropped(V3, changed(advert(V3), 3, 200)));
    }

    // Conforms: 3768-ttl-received
    @Test
    void multicastMustComeFromTheSameLink() {
        assertDropped(DropReason.WRONG_TTL, dropped(V2, PEER, Specs.GROUP4, 254, advert(V2)));
    }

    // Conforms: 9568-receive-version, 3768-receive-version
    @Test
    void theVersionMustBeTheSame() {
        assertDropped(DropReason.WRONG_VERSION, dropped(V2, advert(V3)));
        assertDropped(DropReason.WRONG_VERSION, dropped(V3, advert(V2)));
    }

    // Conforms: 3768-authentication-type
    @Test
    void theAuthenticationMustBeTheSame() {
        VrrpSpec other = Specs.v2(100).with(password("secret")).spec();

        assertDropped(DropReason.WRONG_AUTH_TYPE, dropped(V2, changed(advert(V2), 4, 3)));
        assertDropped(DropReason.AUTH_TYPE_MISMATCH, dropped(V2, advert(AUTHENTIC)));
        assertDropped(DropReason.AUTH_TYPE_MISMATCH, dropped(AUTHENTIC, advert(V2)));
        assertDropped(DropReason.AUTH_FAILURE, dropped(AUTHENTIC, advert(other)));
    }

    // Conforms: 3768-receive-interval
    @Test
    void theIntervalOfVersion2MustBeTheSameAndThatOfVersion3NotZero() {
        assertDropped(DropReason.WRONG_INTERVAL, dropped(V2, changed(advert(V2), 5, 2)));
        assertDropped(DropReason.WRONG_INTERVAL, dropped(V3, changed(advert(V3), 5, 0)));
    }

    // Conforms: 3768-type
    @Test
    void onlyAdvertisementsCount() {
        assertDropped(DropReason.WRONG_TYPE, dropped(V2, changed(advert(V2), 0, 0x22)));
    }

    // Conforms: 9568-receive-checksum, 3768-receive-checksum
    @Test
    void theChecksumMustBeRight() {
        byte[] forOther = AdvertCodec.encode(V3, 150, STRANGER, Specs.GROUP4);

        assertDropped(DropReason.WRONG_CHECKSUM, dropped(V2, changed(advert(V2), 2, 151)));
        assertDropped(DropReason.WRONG_CHECKSUM, dropped(V3, forOther));
    }

    @Test
    void multicastAndUnicastAreKeptApart() {
        byte[] direct = AdvertCodec.encode(V3, 150, PEER, OURS);
        byte[] toAll = AdvertCodec.encode(UNICAST, 150, PEER, Specs.GROUP4);

        assertDropped(DropReason.WRONG_TRANSPORT, dropped(V3, PEER, OURS, 255, direct));
        assertDropped(DropReason.WRONG_TRANSPORT, dropped(UNICAST, PEER, Specs.GROUP4, 255, toAll));
    }

    @Test
    void unicastPeersAreKnownByAddressAndDistance() {
        byte[] strange = AdvertCodec.encode(UNICAST, 150, STRANGER, OURS);

        assertDropped(DropReason.UNKNOWN_PEER, dropped(UNICAST, STRANGER, OURS, 254, strange));
        assertDropped(DropReason.WRONG_TTL, dropped(UNICAST, PEER, OURS, 249, advert(UNICAST)));
        assertEquals(Map.of(), dropped(UNICAST, PEER, OURS, 250, advert(UNICAST)));
    }

    @Test
    void aPacketOfAPackagedRouterCounts() {
        VrrpSpec spec =
                Specs.v2(100)
                        .named("a", 51, "eth0")
                        .with(PASSWORD)
                        .with(List.of(Specs.address("192.0.2.100"), Specs.address("192.0.2.101")))
                        .spec();
        byte[] recorded =
                HexFormat.of().parseHex("21339602010186e4c0000264c00002657333637265740000");

        assertEquals(Map.of(), dropped(spec, Specs.ip("192.0.2.1"), Specs.GROUP4, 255, recorded));
    }

    @Test
    void packetsForNobodyAreToldOnceIfThatIsWanted() {
        NodeSpec attentive =
                new NodeSpec(
                        List.of(V2),
                        List.of(),
                        List.of(),
                        Duration.ZERO,
                        Pacing.FREE,
                        new Hearing(Duration.ZERO, true),
                        Watching.NOTHING,
                        Statics.NONE);
        VrrpSpec other = Specs.v2(100).named("b", 9, "eth0").spec();
        Story story = new Story(attentive).at(0, Story.up("eth0", "192.0.2.7")).skip();
        story.at(1, Story.packet(V2, "192.0.2.2", new byte[7]));
        story.at(2, Story.advert(other, 150, "192.0.2.2"));
        story.at(3, Story.advert(other, 150, "192.0.2.2"));

        story.reads(
                """
                1ms PacketReceived from 192.0.2.2 prio 0
                2ms PacketReceived from 192.0.2.2 prio 150
                  HeardUnknownRouter[interfaceName=eth0, source=192.0.2.2, vrid=9]
                3ms PacketReceived from 192.0.2.2 prio 150
                next 3609.375ms
                """);
        Story deaf = new Story(V2).at(0, Story.up("eth0", "192.0.2.7")).skip();
        deaf.at(2, Story.advert(other, 150, "192.0.2.2"));
        deaf.reads(
                """
                2ms PacketReceived from 192.0.2.2 prio 150
                next 3609.375ms
                """);
    }

    @Test
    void aRefusalIsToldOnceInAStateAndForEachMaster() {
        Story story = new Story(V2).at(0, Story.up("eth0", "192.0.2.7")).skip();
        byte[] broken = changed(advert(V2), 2, 151);
        story.at(1, Story.packet(V2, "192.0.2.2", broken));
        story.at(2, Story.packet(V2, "192.0.2.3", broken));
        story.at(3, Story.advert(V2, 150, "192.0.2.4"));
        story.at(4, Story.packet(V2, "192.0.2.2", broken));
        story.at(5, Story.packet(V2, "192.0.2.2", broken));
        story.until(5_000).skip();
        story.at(5_000, Story.packet(V2, "192.0.2.2", broken));

        story.reads(
                """
                5000ms PacketReceived from 192.0.2.2 prio 151
                  PacketDropped[instance=a, source=192.0.2.2, reason=WRONG_CHECKSUM]
                next 5612.375ms
                """);
        assertEquals(
                5L,
                story.node().status().getFirst().counters().droppedFor(DropReason.WRONG_CHECKSUM));
    }

    // Conforms: 3768-receive-addresses
    @Test
    void otherAddressesAreToldOncePerMasterButThePacketCounts() {
        VrrpSpec more =
                Specs.v2(100)
                        .with(List.of(Specs.address("192.0.2.100"), Specs.address("192.0.2.101")))
                        .spec();
        VrrpSpec others = Specs.v2(100).with(List.of(Specs.address("192.0.2.101"))).spec();
        Story story = new Story(V2).at(0, Story.up("eth0", "192.0.2.7")).skip();
        story.at(1, Story.advert(more, 150, "192.0.2.2"));
        story.at(2, Story.advert(more, 150, "192.0.2.2"));
        story.at(3, Story.advert(others, 150, "192.0.2.3"));

        story.reads(
                """
                1ms PacketReceived from 192.0.2.2 prio 150
                  Mismatch[instance=a, source=192.0.2.2, kind=ADDRESS_COUNT, detail=2]
                2ms PacketReceived from 192.0.2.2 prio 150
                3ms PacketReceived from 192.0.2.3 prio 150
                  Mismatch[instance=a, source=192.0.2.3, kind=ADDRESSES, detail=]
                next 3612.375ms
                """);
    }
}
