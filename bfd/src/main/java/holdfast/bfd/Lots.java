package holdfast.bfd;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What is left to chance, drawn from a seed: discriminators, of which none is drawn twice at a
/// time, and jitter.
final class Lots {

    private static final int LEAST_PART = 10;
    private static final int GREATEST_PART = 4;

    private final SplittableRandom chance;
    private final Map<Integer, Session> byDiscriminator = new HashMap<>();

    Lots(long seed) {
        this.chance = new SplittableRandom(seed);
    }

    /// A number that identifies this session, and no other one, until it is given back.
    int discriminatorFor(Session session) {
        int drawn;
        do {
            drawn = chance.nextInt();
        } while (drawn == 0 || byDiscriminator.containsKey(drawn));
        byDiscriminator.put(drawn, session);
        return drawn;
    }

    void giveBack(int discriminator) {
        byDiscriminator.remove(discriminator);
    }

    @Nullable Session holder(int discriminator) {
        return byDiscriminator.get(discriminator);
    }

    /// Where a sequence of numbers begins.
    int sequence() {
        return chance.nextInt();
    }

    /// The interval, shortened so that systems do not march in step (RFC 5880, section 6.8.7).
    ///
    /// A neighbour that goes down after one lost packet must not be let wait until its last moment.
    /// Keepalived takes such care of all.
    long shortened(long nanos, int multiplier, boolean standard) {
        long least = standard && multiplier > 1 ? 0 : nanos / LEAST_PART;
        return nanos - chance.nextLong(least, nanos / GREATEST_PART + 1);
    }
}
