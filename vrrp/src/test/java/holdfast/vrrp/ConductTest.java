package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEffect.SendPacket;
import holdfast.vrrp.VrrpEvent.DeadlineReached;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.wire.Datagram;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a router does where the standard leaves a choice, or where it departs from it.
class ConductTest {

    private static final IpAddress OURS = Specs.ip("192.0.2.7");
    private static final IpAddress PEER = Specs.ip("192.0.2.2");
    private static final ChecksumRule STANDARD = new ChecksumRule.Usual();
    private static final ChecksumRule ALONE = new ChecksumRule.WithoutPseudoHeader();
    private static final ChecksumRule OLD = new ChecksumRule.OldUnicast(Specs.GROUP4);
    private static final ChecksumRule ADAPTIVE = new ChecksumRule.Adaptive(Specs.GROUP4);

    private static Conduct conduct(ChecksumRule checksum) {
        return new Conduct(false, checksum, false, Optional.empty(), new ReceiveShare.Usual(), 0);
    }

    private static VrrpSpec multicast(ChecksumRule checksum) {
        return Specs.v3(100).with(conduct(checksum)).spec();
    }

    private static VrrpSpec unicast(ChecksumRule checksum) {
        return unicast(List.of(new Transport.Peer(PEER, 0, 255)), conduct(checksum));
    }

    private static VrrpSpec unicast(List<Transport.Peer> peers, Conduct conduct) {
        return Specs.v3(100)
                .with(new Transport.Unicast(peers, 255, true), Optional.of(OURS), Family.INET)
                .with(conduct)
                .spec();
    }

    private static VrrpNode started(VrrpSpec spec) {
        VrrpNode node = new VrrpNode(Specs.node(spec), new MonoTime(0));
        node.on(new MonoTime(0), Story.up("eth0", OURS.toString()));
        return node;
    }

    /// Which of the checksums the next advert has.
    private static String kindSent(VrrpNode node) {
        SendPacket packet =
                node.on(node.deadline(), new DeadlineReached()).stream()
                        .filter(SendPacket.class::isInstance)
                        .map(SendPacket.class::cast)
                        .findFirst()
                        .orElseThrow();
        ByteBuffer message = ByteBuffer.wrap(packet.message());
        if (InternetChecksum.of(InternetChecksum.sum(message, 0)) == 0) {
            return "alone";
        }
        int bytes = message.remaining();
        long group = PseudoHeader.sum(packet.source(), Specs.GROUP4, 112, bytes);
        long standard = PseudoHeader.sum(packet.source(), packet.destination(), 112, bytes);
        if (AdvertCodec.checksum(message, standard) == 0) {
            return "standard";
        }
        return AdvertCodec.checksum(message, group) == 0 ? "old" : "none";
    }

    private static Map<DropReason, Long> hear(VrrpNode node, VrrpSpec as, int priority) {
        IpAddress to = Specs.destination(as);
        byte[] message = AdvertCodec.encode(as, priority, PEER, to);
        node.on(
                new MonoTime(1),
                new PacketReceived("eth0", new Datagram(PEER, to, 255, ByteBuffer.wrap(message))));
        return node.status().getFirst().counters().dropped();
    }

    // Conforms: 9568-checksum4
    @Test
    void everyRuleHasItsChecksum() {
        assertEquals("standard", kindSent(started(multicast(STANDARD))));
        assertEquals("alone", kindSent(started(multicast(ALONE))));
        assertEquals("alone", kindSent(started(unicast(ALONE))));
        assertEquals("standard", kindSent(started(unicast(STANDARD))));
        assertEquals("old", kindSent(started(unicast(OLD))));
        assertEquals("standard", kindSent(started(unicast(ADAPTIVE))));
    }

    // Conforms: 9568-checksum4
    @Test
    void aRouterBelievesTheStandardAndItsOwnRule() {
        Map<DropReason, Long> refused = Map.of(DropReason.WRONG_CHECKSUM, 1L);

        assertEquals(refused, hear(started(multicast(STANDARD)), multicast(ALONE), 50));
        assertEquals(Map.of(), hear(started(multicast(ALONE)), multicast(ALONE), 50));
        assertEquals(Map.of(), hear(started(multicast(ALONE)), multicast(STANDARD), 50));
        assertEquals(refused, hear(started(unicast(ALONE)), unicast(OLD), 50));
        assertEquals(refused, hear(started(unicast(STANDARD)), unicast(OLD), 50));
        assertEquals(Map.of(), hear(started(unicast(OLD)), unicast(OLD), 50));
        assertEquals(Map.of(), hear(started(unicast(OLD)), unicast(STANDARD), 50));
        assertEquals(Map.of(), hear(started(unicast(ADAPTIVE)), unicast(OLD), 50));
    }

    @Test
    void anAdaptiveRouterTakesUpTheOldChecksumOfAPeerAndKeepsIt() {
        VrrpNode node = started(unicast(ADAPTIVE));
        hear(node, unicast(STANDARD), 50);
        assertEquals("standard", kindSent(node));
        hear(node, unicast(OLD), 50);
        assertEquals("old", kindSent(node));
        hear(node, unicast(STANDARD), 50);
        assertEquals("old", kindSent(node));
    }

    @Test
    void aStrangerCannotChangeTheChecksum() {
        VrrpSpec spec = unicast(ADAPTIVE);
        VrrpNode node = started(spec);
        IpAddress stranger = Specs.ip("192.0.2.66");
        byte[] message = AdvertCodec.encode(unicast(OLD), 50, stranger, OURS);
        node.on(
                new MonoTime(1),
                new PacketReceived(
                        "eth0", new Datagram(stranger, OURS, 255, ByteBuffer.wrap(message))));

        assertEquals("standard", kindSent(node));
    }

    @Test
    void withoutPeersThereIsNothingToDoButWait() {
        Story story = new Story(unicast(List.of(), Conduct.USUAL));
        story.at(0, Story.up("eth0", OURS.toString()));

        story.reads(
                """
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a faults [NO_UNICAST_PEERS ]
                  a INIT -> FAULT FAULT_RAISED 100
                next never
                """);
    }

    @Test
    void aSourceThatIsTrackedMustBeOnTheInterface() {
        Conduct tracking =
                new Conduct(false, STANDARD, true, Optional.empty(), new ReceiveShare.Usual(), 0);
        VrrpSpec spec = unicast(List.of(new Transport.Peer(PEER, 0, 255)), tracking);
        Story story = new Story(spec).at(0, Story.up("eth0", OURS.toString())).skip();
        story.at(1, Story.up("eth0", "192.0.2.8"));
        story.at(2, Story.up("eth0", "192.0.2.8", OURS.toString()));

        story.reads(
                """
                1ms eth0 is up
                  a faults [SOURCE_ADDRESS_MISSING 192.0.2.7]
                  a BACKUP -> FAULT FAULT_RAISED 100
                2ms eth0 is up
                  a faults []
                  announce a 192.0.2.7/32
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 3611.375ms
                """);
    }

    @Test
    void aSourceThatIsNotTrackedMayComeLater() {
        VrrpSpec spec = unicast(List.of(new Transport.Peer(PEER, 0, 255)), conduct(STANDARD));
        Story story = new Story(spec).at(0, Story.up("eth0", OURS.toString())).skip();
        story.at(1, Story.up("eth0", "192.0.2.8"));

        story.reads(
                """
                1ms eth0 is up
                next 3609.375ms
                """);
    }

    private static VrrpSpec sleeper(Optional<Integer> rival) {
        Conduct conduct = new Conduct(false, STANDARD, false, rival, new ReceiveShare.Usual(), 0);
        Election patient =
                new Election(new Priority(100), false, false, Duration.ZERO, false, false, false);
        return Specs.v3(100).with(patient).with(conduct).spec();
    }

    /// A router that is master at 4,000 ms, and then does nothing at all for a while.
    private static Story asleep(VrrpSpec spec) {
        return new Story(spec).at(0, Story.up("eth0", OURS.toString())).until(4_000).skip();
    }

    @Test
    void aMasterThatSleptGivesUpWithoutAWord() {
        // Its last advert went out at 3,609.375 ms; one with priority 200 waits 3,218.75 ms.
        Story story = asleep(sleeper(Optional.of(200)));
        story.wakesAt(6_829, new DeadlineReached());

        story.reads(
                """
                6829ms DeadlineReached
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP SLEPT 100
                next 10438.375ms
                """);
    }

    @Test
    void aMasterThatSleptTooShortForARivalGoesOn() {
        Story story = asleep(sleeper(Optional.of(200)));
        story.wakesAt(6_828, new DeadlineReached());

        story.reads(
                """
                6828ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                next 7828ms
                """);
    }

    @Test
    void aMasterThatSleptFollowsTheWeakerOneWhoTookOver() {
        VrrpSpec spec = sleeper(Optional.of(254));
        Story story = asleep(spec);
        story.wakesAt(9_000, Story.advert(spec, 50, PEER.toString()));

        story.reads(
                """
                9000ms PacketReceived from 192.0.2.2 prio 50
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP SLEPT 100
                next 12609.375ms
                """);
    }

    @Test
    void withoutTheWordAMasterThatSleptGoesOn() {
        Story story = asleep(sleeper(Optional.empty()));
        story.wakesAt(60_000, new DeadlineReached());

        story.reads(
                """
                60000ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                next 61000ms
                """);
    }

    @Test
    void theDelayAfterBootCountsFromTheBoot() {
        NodeSpec spec =
                new NodeSpec(
                        List.of(Specs.v3(100).spec()),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(10),
                        Pacing.FREE,
                        new Hearing(Duration.ofSeconds(60), false),
                        Watching.NOTHING,
                        Statics.NONE);

        assertEquals(33_609, takeoverMillis(spec, Duration.ofSeconds(30)));
        assertEquals(13_609, takeoverMillis(spec, Duration.ofSeconds(55)));
        assertEquals(13_609, takeoverMillis(spec, Duration.ofDays(9)));
    }

    private static long takeoverMillis(NodeSpec spec, Duration uptime) {
        VrrpNode node = new VrrpNode(spec, new MonoTime(0), uptime);
        node.on(new MonoTime(0), Story.up("eth0", OURS.toString()));
        return node.deadline().since(new MonoTime(0)).toMillis();
    }

    @Test
    void everyRouterAddsItsShareToTheReceiveBuffer() {
        assertEquals(0, share(new ReceiveShare.Usual()));
        assertEquals(30_000, share(new ReceiveShare.Bytes(30_000)));
        assertEquals(4_500, share(new ReceiveShare.Packets(3)));
        assertEquals(3 * (20 + 12), share(new ReceiveShare.Adverts(3)));
    }

    private static long share(ReceiveShare share) {
        Conduct conduct = new Conduct(false, STANDARD, false, Optional.empty(), share, 0);
        return share.bytes(Specs.v3(100).with(conduct).spec(), 1_500);
    }
}
