package holdfast.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for something to be so, up to a limit, and says what it waited for when it is not.
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /// Waits until `condition` holds.
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        until(what, limit, condition, () -> "");
    }

    /// Waits until `condition` holds; `detail` is asked for when it does not.
    public static void until(
            String what, Duration limit, BooleanSupplier condition, Supplier<String> detail) {
        value(
                what,
                limit,
                () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(),
                detail);
    }

    /// Waits until a moment has come. In virtual time that costs none.
    public static void moment(Instant moment) {
        while (Instant.now().isBefore(moment)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), moment).toNanos());
        }
    }

    /// Waits until there is a value, and returns it; `detail` is asked for when there is none.
    public static <T> T value(
            String what, Duration limit, Supplier<Optional<T>> source, Supplier<String> detail) {
        Instant end = Instant.now().plus(limit);
        while (true) {
            boolean last = !Instant.now().isBefore(end);
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (last) {
                throw new AssertionError(
                        "after %s still not: %s%n%s".formatted(limit, what, detail.get()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
