package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Many routers on one host, and many adverts of one master.
class CrowdTest {

    private static final int ROUTERS = 200;
    private static final VrrpSpec PLAIN = Specs.v3(100).spec();

    private static MonoTime at(long millis) {
        return new MonoTime(Duration.ofMillis(millis).toNanos());
    }

    /// Sent adverts by the millisecond at which they were, until the end.
    private static Map<Long, Integer> sent(VrrpNode node, MonoTime end) {
        Map<Long, Integer> sent = new TreeMap<>();
        for (MonoTime now = node.deadline(); !now.isAfter(end); now = node.deadline()) {
            for (VrrpEffect effect : node.on(now, new VrrpEvent.DeadlineReached())) {
                if (effect instanceof VrrpEffect.SendPacket) {
                    sent.merge(now.nanos() / 1_000_000, 1, Integer::sum);
                }
            }
        }
        return sent;
    }

    @Test
    void whoTakeOverTogetherDoNotSpeakTogetherForEver() {
        List<VrrpSpec> specs = new ArrayList<>();
        for (int vrid = 1; vrid <= ROUTERS; vrid++) {
            specs.add(Specs.v3(255).named("r" + vrid, vrid, "eth0").spec());
        }
        VrrpNode node = new VrrpNode(Specs.node(specs.toArray(VrrpSpec[]::new)), at(0));
        node.on(at(0), Story.up("eth0", "192.0.2.7"));
        assertEquals(
                Map.of(
                        0L, 200, // All at once, for nobody may be without a master.
                        988L, 8, 992L, 64, 996L, 64, 1000L, 64, //
                        1988L, 8, 1992L, 64, 1996L, 64, 2000L, 64),
                sent(node, at(2001)));
    }

    /// What is heard again counts again, and is compared again after anything else was heard.
    @Test
    void whatIsRepeatedCountsEachTime() {
        VrrpNode node = new VrrpNode(Specs.node(PLAIN), at(0));
        node.on(at(0), Story.up("eth0", "192.0.2.7"));
        VrrpSpec otherAddresses = Specs.v3(100).with(List.of(Specs.address("192.0.2.101"))).spec();
        long now = 1;
        for (VrrpSpec said : List.of(PLAIN, PLAIN, otherAddresses, otherAddresses, PLAIN)) {
            hear(node, now++, said, 150);
        }
        hear(node, now++, PLAIN, 0);
        hear(node, now++, PLAIN, 150);
        InstanceStatus status = node.status().getFirst();
        assertEquals(7, status.counters().advertsReceived());
        assertEquals(2, status.counters().otherAddresses());
        assertEquals(1, status.counters().priorityZeroReceived());
        assertEquals(Map.of(), status.counters().dropped());
        assertEquals(Role.BACKUP, status.role());
        assertEquals(at(now - 1 + 3609), roundedDown(node.deadline()));
    }

    /// The same message by another way is another advert.
    @Test
    void aRepeatedMessageFromTooFarIsDropped() {
        VrrpNode node = new VrrpNode(Specs.node(PLAIN), at(0));
        node.on(at(0), Story.up("eth0", "192.0.2.7"));
        hear(node, 1, PLAIN, 150);
        byte[] message = AdvertCodec.encode(PLAIN, 150, Specs.ip("192.0.2.8"), Specs.GROUP4);
        Datagram far =
                new Datagram(Specs.ip("192.0.2.8"), Specs.GROUP4, 254, ByteBuffer.wrap(message));
        node.on(at(2), new VrrpEvent.PacketReceived("eth0", far));
        assertEquals(
                Map.of(DropReason.WRONG_TTL, 1L), node.status().getFirst().counters().dropped());
    }

    private static MonoTime roundedDown(MonoTime time) {
        return at(time.nanos() / 1_000_000);
    }

    private static void hear(VrrpNode node, long millis, VrrpSpec said, int priority) {
        node.on(at(millis), Story.advert(said, priority, "192.0.2.8"));
    }
}
