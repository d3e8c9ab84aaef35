package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.bfd.BfdEvent.PacketReceived;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Damaged packets, through the decoder into the session: nothing throws, nothing bad counts.
class PacketFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);
    private static final IpAddress[] FROM = {Host.THERE, Host.HERE, Host.ip("2001:db8::2")};

    @Test
    void noPacketCanHurt() {
        for (long seed = 1; seed <= 10; seed++) {
            run(seed, INPUTS / 10);
        }
    }

    private static void run(long seed, int inputs) {
        SplittableRandom chance = new SplittableRandom(seed);
        SessionSpec six = new SessionSpec("b", Path.to(FROM[2]), Timers.DEFAULT, true);
        Host host = new Host(seed, Host.session(false), six);
        BfdNode node = host.node();
        MonoTime now = host.now();
        for (int i = 0; i < inputs; i++) {
            now = now.plus(Duration.ofMillis(chance.nextInt(100)));
            String told = "seed " + seed + " input " + i;
            host.until(now);
            List<Object> before = essence(node);
            long dropped = dropped(node);
            Datagram datagram =
                    new Datagram(
                            FROM[chance.nextInt(FROM.length)],
                            Host.HERE,
                            chance.nextInt(8) == 0 ? 63 : 255,
                            ByteBuffer.wrap(message(chance, node)));
            host.skip().tell(new PacketReceived(chance.nextInt(8) == 0, datagram));
            assertTrue(host.sent().size() <= 1, told);
            if (dropped(node) > dropped) {
                assertEquals(before, essence(node), told);
                assertEquals(List.of(), host.sent(), told);
            }
            assertFalse(now.isAfter(node.deadline()), told);
        }
    }

    /// All that a dropped packet must not change.
    private static List<Object> essence(BfdNode node) {
        return List.of(
                node.deadline(),
                node.status().stream()
                        .map(
                                status ->
                                        List.of(
                                                status.state(),
                                                status.remoteState(),
                                                status.diagnostic(),
                                                status.discriminator(),
                                                status.remoteDiscriminator(),
                                                status.intervals()))
                        .toList());
    }

    private static long dropped(BfdNode node) {
        long dropped = node.dropped().values().stream().mapToLong(Long::longValue).sum();
        for (SessionStatus status : node.status()) {
            for (long count : status.counters().dropped().values()) {
                dropped += count;
            }
        }
        return dropped;
    }

    private static byte[] message(SplittableRandom chance, BfdNode node) {
        int session = chance.nextInt(node.status().size());
        byte[] message =
                PacketCodec.encode(
                        State.of(chance.nextInt(4)),
                        Diagnostic.NONE,
                        chance.nextBoolean() ? 0 : chance.nextInt(64),
                        1 + chance.nextInt(255),
                        1 + chance.nextInt(3),
                        chance.nextInt(3) == 0 ? 0 : node.status().get(session).discriminator(),
                        1_000L << chance.nextInt(32),
                        1_000L << chance.nextInt(32));
        if (chance.nextInt(4) == 0) {
            message = Arrays.copyOf(message, chance.nextInt(40));
        }
        for (int flips = chance.nextInt(3); flips > 0 && message.length > 0; flips--) {
            message[chance.nextInt(message.length)] = (byte) chance.nextInt(256);
        }
        return message;
    }
}
