package holdfast.sim;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// A stream of chance. Each purpose has its own, so that leaving one thing out changes no other.
public final class Chance {

    private final SplittableRandom random;

    public Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /// Another stream, which does not depend on how much of this one is used later.
    public Chance split() {
        return new Chance(random.split());
    }

    /// A whole number from 0 to `bound` - 1.
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public <T> T anyOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// A whole number of milliseconds, so that things often happen at the same time.
    public Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
