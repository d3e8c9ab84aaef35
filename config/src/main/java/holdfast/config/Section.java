package holdfast.config;

import holdfast.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The good statements of one block, asked for by their canonical keywords.
///
/// Where a keyword stands more than once, its last use counts.
record Section(List<Entry> entries) {

    static final Section EMPTY = new Section(List.of());

    Section {
        entries = List.copyOf(entries);
    }

    Section plus(Section other) {
        List<Entry> both = new ArrayList<>(entries);
        both.addAll(other.entries);
        return new Section(both);
    }

    List<Entry> all(String name) {
        List<Entry> uses = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.name().equals(name)) {
                uses.add(entry);
            }
        }
        return uses;
    }

    Optional<Entry> last(String name) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.name().equals(name)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return last(name).isPresent();
    }

    /// An optional boolean: a bare keyword means yes.
    Optional<Boolean> flag(String name) {
        return last(name)
                .map(
                        entry ->
                                entry.words().isEmpty()
                                        || Scalars.bool(entry.text()).value().orElse(true));
    }

    Optional<Long> number(String name) {
        return last(name).filter(entry -> !entry.words().isEmpty()).map(Entry::number);
    }

    Optional<Duration> time(String name) {
        return last(name).map(Entry::time);
    }

    /// A number of whole seconds as a time.
    Optional<Duration> seconds(String name) {
        return number(name).map(Duration::ofSeconds);
    }

    Optional<String> text(String name) {
        return last(name).filter(entry -> !entry.words().isEmpty()).map(Entry::text);
    }

    Optional<IpAddress> address(String name) {
        return last(name).map(Entry::address);
    }
}
