package holdfast.lab.bench;

import java.util.Collection;
import java.util.List;

/// Measurements of one kind, in ascending order; there is at least one.
///
/// Immutable. Percentiles are by the nearest rank, so that each is a value that was measured.
record Sample<T extends Comparable<T>>(List<T> ascending) {

    Sample {
        if (ascending.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        ascending = ascending.stream().sorted().toList();
    }

    static <T extends Comparable<T>> Sample<T> of(Collection<T> values) {
        return new Sample<>(List.copyOf(values));
    }

    T median() {
        return percentile(50);
    }

    /// The least value that at least so many percent do not exceed.
    T percentile(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("no percentile: " + percent);
        }
        int rank = (int) Math.ceil(percent / 100 * ascending.size());
        return ascending.get(Math.max(rank, 1) - 1);
    }

    T max() {
        return ascending.getLast();
    }

    int count() {
        return ascending.size();
    }
}
