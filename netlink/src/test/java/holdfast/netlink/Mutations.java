package holdfast.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Damages recorded datagrams and shows them to a decoder, which must bear everything.
public final class Mutations {

    private static final int COUNT = Integer.getInteger("holdfast.fuzz", 20_000);
    private static final long SEED = Long.getLong("holdfast.seed", 7);

    private Mutations() {}

    public static void of(List<ByteBuffer> datagrams, Consumer<ByteBuffer> decoder) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int round = 0; round < COUNT; round++) {
            ByteBuffer input = damaged(datagrams.get(random.nextInt(datagrams.size())), random);
            try {
                decoder.accept(input);
            } catch (RuntimeException | AssertionError e) {
                String hex = Bytes.of(input.duplicate().rewind()).toString();
                throw new AssertionError("seed " + SEED + " round " + round + ": " + hex, e);
            }
        }
    }

    private static ByteBuffer damaged(ByteBuffer datagram, RandomGenerator random) {
        byte[] octets = new byte[Math.min(datagram.remaining(), 600)];
        datagram.get(datagram.position(), octets);
        int hits = random.nextInt(1, 6);
        for (int i = 0; i < hits; i++) {
            int at = random.nextInt(octets.length);
            octets[at] =
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> (byte) 0xff;
                        case 2 -> (byte) (octets[at] + random.nextInt(-4, 5));
                        default -> (byte) random.nextInt();
                    };
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
        return ByteBuffer.wrap(octets, 0, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
