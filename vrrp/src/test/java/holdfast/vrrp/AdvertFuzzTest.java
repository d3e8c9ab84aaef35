package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Damaged packets, through the decoder into the machine: nothing throws, nothing bad counts.
class AdvertFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);
    private static final IpAddress PEER = Specs.ip("192.0.2.2");
    private static final Authentication.AuthenticationHeader KEY =
            new Authentication.AuthenticationHeader(
                    new Authentication.Password(new byte[] {4, 5, 6}));
    private static final Authentication.Hmac HMAC =
            new Authentication.Hmac(
                    List.of(new HmacKey(1, new byte[32])),
                    1,
                    Authentication.Hmac.Mode.PERMISSIVE,
                    Duration.ofMinutes(5),
                    true);
    private static final List<VrrpSpec> SPECS =
            List.of(
                    Specs.v2(100).spec(),
                    Specs.v2(100).named("b", 2, "eth0").spec(),
                    Specs.v3(100).named("c", 3, "eth0").spec(),
                    Specs.v2(255).named("d", 4, "eth0").spec(),
                    Specs.v2(100)
                            .named("e", 5, "eth0")
                            .with(new Authentication.Password(new byte[] {1, 2, 3}))
                            .spec(),
                    Specs.v2(100).named("f", 6, "eth0").with(KEY).spec(),
                    Specs.v3(100).named("g", 7, "eth0").with(HMAC).spec());

    @Test
    void noPacketCanHurt() {
        for (long seed = 1; seed <= 10; seed++) {
            run(seed, INPUTS / 10);
        }
    }

    private static void run(long seed, int inputs) {
        SplittableRandom chance = new SplittableRandom(seed);
        VrrpNode node = new VrrpNode(Specs.node(SPECS.toArray(VrrpSpec[]::new)), new MonoTime(0));
        MonoTime now = new MonoTime(0);
        node.on(now, Story.up("eth0", "192.0.2.7"));
        for (int i = 0; i < inputs; i++) {
            now = now.plus(Duration.ofMillis(chance.nextInt(200)));
            PacketReceived event = new PacketReceived("eth0", datagram(chance, i + 1));
            String told = "seed " + seed + " input " + i;
            List<Object> before = essence(node);
            long droppedBefore = dropped(node);
            List<VrrpEffect> effects = node.on(now, event);
            if (dropped(node) > droppedBefore) {
                assertTrue(effects.size() <= 1, told);
                assertEquals(before, essence(node), told);
            }
            for (int turn = 0; !node.deadline().isAfter(now); turn++) {
                assertTrue(turn < 100, told);
                node.on(now, new VrrpEvent.DeadlineReached());
            }
        }
    }

    /// All that a dropped packet must not change.
    private static List<Object> essence(VrrpNode node) {
        return List.of(
                node.deadline(),
                node.status().stream()
                        .map(
                                status ->
                                        List.of(
                                                status.role(),
                                                status.priority(),
                                                status.master(),
                                                status.masterInterval()))
                        .toList());
    }

    private static long dropped(VrrpNode node) {
        return node.status().stream()
                .mapToLong(status -> status.counters().droppedFor(DropReason.values()))
                .sum();
    }

    private static Datagram datagram(SplittableRandom chance, int number) {
        byte[] message = message(chance);
        int ttl = chance.nextInt(8) == 0 ? 64 : 255;
        if (chance.nextInt(3) > 0) {
            if (chance.nextInt(3) == 0) {
                message = Arrays.copyOf(message, message.length + TrailerCodec.BYTES);
                message[message.length - TrailerCodec.BYTES] = TrailerCodec.TYPE;
                message[message.length - TrailerCodec.BYTES + 1] = (byte) chance.nextInt(3);
            }
            return new Datagram(PEER, Specs.GROUP4, ttl, ByteBuffer.wrap(message));
        }
        byte[] wrapped = AhCodec.wrap(KEY, number, PEER, Specs.GROUP4, ttl, message);
        if (chance.nextInt(4) == 0) {
            wrapped = Arrays.copyOf(wrapped, chance.nextInt(60));
        }
        if (chance.nextInt(4) == 0 && wrapped.length > 0) {
            wrapped[chance.nextInt(wrapped.length)] = (byte) chance.nextInt(256);
        }
        return new Datagram(PEER, Specs.GROUP4, ttl, AhCodec.PROTOCOL, 0, ByteBuffer.wrap(wrapped));
    }

    private static byte[] message(SplittableRandom chance) {
        VrrpSpec spec = SPECS.get(chance.nextInt(SPECS.size()));
        int[] priorities = {0, 1, 99, 100, 101, 255};
        byte[] message =
                AdvertCodec.encode(
                        spec, priorities[chance.nextInt(priorities.length)], PEER, Specs.GROUP4);
        if (chance.nextInt(3) == 0) {
            message = Arrays.copyOf(message, chance.nextInt(40));
        }
        for (int flips = chance.nextInt(4); flips > 0 && message.length > 0; flips--) {
            message[chance.nextInt(message.length)] = (byte) chance.nextInt(256);
        }
        if (chance.nextBoolean() && message.length >= AdvertCodec.HEADER_BYTES) {
            repairChecksum(message);
        }
        return message;
    }

    /// Without this nearly all would end at the checksum.
    private static void repairChecksum(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        boolean alone = AdvertCodec.version(bytes) == 2;
        long header = PseudoHeader.sum(PEER, Specs.GROUP4, AdvertCodec.PROTOCOL, bytes.remaining());
        bytes.putShort(6, (short) 0);
        int checksum = AdvertCodec.checksum(bytes, alone ? 0 : header);
        bytes.putShort(6, (short) checksum);
    }
}
