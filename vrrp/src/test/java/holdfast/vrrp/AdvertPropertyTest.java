package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds for every advert, whatever is in it.
class AdvertPropertyTest {

    private static final IpAddress PEER = Specs.ip("192.0.2.2");

    @Test
    void whatARouterSendsItsTwinUnderstands() {
        for (long seed = 1; seed <= 500; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            VrrpSpec spec = spec(chance);
            byte[] message = AdvertCodec.encode(spec, chance.nextInt(256), PEER, Specs.GROUP4);

            assertEquals(1, heard(spec, message), "seed " + seed);
        }
    }

    // Conforms: 9568-receive-checksum, 3768-receive-checksum
    @Test
    void noSingleWrongBitGoesUnnoticed() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            VrrpSpec spec = spec(chance);
            byte[] message = AdvertCodec.encode(spec, 1 + chance.nextInt(254), PEER, Specs.GROUP4);
            for (int bit = 0; bit < message.length * Byte.SIZE; bit++) {
                byte[] damaged = message.clone();
                damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

                assertEquals(0, heard(spec, damaged), "seed " + seed + " bit " + bit);
            }
        }
    }

    private static VrrpSpec spec(SplittableRandom chance) {
        int priority = 1 + chance.nextInt(255);
        boolean version2 = chance.nextBoolean();
        Timing timing =
                new Timing(
                        version2
                                ? Duration.ofSeconds(1 + chance.nextInt(255))
                                : Duration.ofMillis(10L * (1 + chance.nextInt(4_095))),
                        3);
        List<VirtualAddress> addresses =
                IntStream.range(0, chance.nextInt(20))
                        .mapToObj(i -> Ipv4Address.of(198, 51, 100, i))
                        .map(address -> VirtualAddress.plain(IpPrefix.host(address), "eth0"))
                        .toList();
        Specs specs = version2 ? Specs.v2(priority) : Specs.v3(priority);
        Specs timed = specs.with(timing).with(addresses);
        return version2 && chance.nextBoolean()
                ? timed.with(new Authentication.Password(new byte[] {1, 2, 3, 4, 5})).spec()
                : timed.spec();
    }

    private static long heard(VrrpSpec spec, byte[] message) {
        VrrpNode node = new VrrpNode(Specs.node(spec), new MonoTime(0));
        node.on(new MonoTime(0), Story.up("eth0", "192.0.2.7"));
        Datagram datagram = new Datagram(PEER, Specs.GROUP4, 255, ByteBuffer.wrap(message));
        node.on(new MonoTime(1), new PacketReceived("eth0", datagram));
        return node.status().getFirst().counters().advertsReceived();
    }
}
