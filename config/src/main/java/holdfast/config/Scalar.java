package holdfast.config;

import java.util.Optional;

/// What reading one word as a value came to: the value, a complaint, or a complaint and the value
/// that could be saved.
///
/// @param complaint a clause without a full stop, for example `300 is not from 1 to 255`
record Scalar<T>(Optional<T> value, Optional<String> complaint) {

    static <T> Scalar<T> of(T value) {
        return new Scalar<>(Optional.of(value), Optional.empty());
    }

    static <T> Scalar<T> refused(String complaint) {
        return new Scalar<>(Optional.empty(), Optional.of(complaint));
    }

    static <T> Scalar<T> saved(T value, String complaint) {
        return new Scalar<>(Optional.of(value), Optional.of(complaint));
    }
}
