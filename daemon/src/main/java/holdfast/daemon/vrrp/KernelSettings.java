package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parameters of the kernel that are changed for a while, and then put back.
///
/// A value that somebody else has set meanwhile is his, and stays. Confined to a thread of the
/// network namespace that it is about.
final class KernelSettings {

    private static final Path ROOT = Path.of("/proc/sys/net");

    /// @param key the path below `/proc/sys/net`
    /// @param index the interface it belongs to, or 0: another interface of its name is another
    record Wanted(String key, int index, String value) {

        static Wanted of(String key, int value) {
            return new Wanted(key, 0, Integer.toString(value));
        }
    }

    private final Reporter reporter;
    private final Ledger ledger;
    private final Map<String, Ledger.Setting> held = new HashMap<>();

    /// What could not be read or written; said once.
    private final Set<String> failing = new HashSet<>();

    /// What a predecessor has set is set once more, for nobody knows how far it came.
    private boolean begins = true;

    /// @param ledger holds what a predecessor has changed; it counts as changed by us
    KernelSettings(Reporter reporter, Ledger ledger) {
        this.reporter = reporter;
        this.ledger = ledger;
        ledger.settings().forEach(one -> held.put(one.key(), one));
    }

    /// Has these parameters, and no others, be what they are wanted to be.
    ///
    /// @param links which interfaces there are now
    /// @return false if one could not be read, as when its interface has just been given another
    ///     name; it is left as it is until the next call
    boolean hold(List<Wanted> wanted, LinkTable links) {
        Set<String> keys = new HashSet<>();
        wanted.forEach(one -> keys.add(one.key()));
        List<Ledger.Setting> undone = new ArrayList<>();
        for (Ledger.Setting one : ledger.settings().reversed()) {
            if (!keys.contains(one.key())) {
                undone.add(one);
            }
        }
        List<Wanted> fresh = new ArrayList<>();
        for (Wanted one : wanted) {
            Ledger.@Nullable Setting before = held.get(one.key());
            if (before == null || begins) {
                fresh.add(one);
            } else if (before.index() != one.index()) {
                undone.add(before);
                fresh.add(one);
            } else if (!before.ours().equals(one.value())) {
                fresh.add(one);
            }
        }
        begins = false;
        boolean known = true;
        for (Ledger.Setting one : undone) {
            known &= putBack(one, links);
        }
        known &= !fresh.removeIf(one -> !note(one));
        if (!undone.isEmpty() || !fresh.isEmpty()) {
            save();
        }
        fresh.forEach(one -> write(one.key(), one.value()));
        return known;
    }

    /// Remembers what is there now; false if that cannot be known.
    private boolean note(Wanted one) {
        Optional<String> before = original(one.key(), one.index());
        before.map(value -> new Ledger.Setting(one.key(), one.index(), value, one.value()))
                .ifPresent(
                        setting -> {
                            held.put(one.key(), setting);
                            ledger.put(setting);
                        });
        return before.isPresent();
    }

    /// False if it must be tried again.
    private boolean putBack(Ledger.Setting one, LinkTable links) {
        Optional<String> path = present(one, links);
        Optional<String> now = path.flatMap(this::read);
        if (path.isPresent() && now.isEmpty()) {
            return false;
        }
        held.remove(one.key(), one);
        ledger.remove(one);
        if (now.equals(Optional.of(one.ours()))) {
            write(path.orElseThrow(), one.before());
        }
        return true;
    }

    /// Where the parameter is now: its interface may have another name, or be gone.
    private static Optional<String> present(Ledger.Setting one, LinkTable links) {
        if (one.index() == 0) {
            return Optional.of(one.key());
        }
        String[] parts = one.key().split("/", -1);
        return links.link(one.index())
                .map(link -> parts[0] + "/conf/" + link.name() + "/" + parts[parts.length - 1]);
    }

    /// The value of a parameter as it would be without us.
    Optional<String> original(String key, int index) {
        Ledger.@Nullable Setting setting = held.get(key);
        return setting != null && setting.index() == index
                ? Optional.of(setting.before())
                : read(key);
    }

    /// Sets what goes with its interface, and need not be remembered.
    void set(Map<String, String> settings) {
        settings.forEach(
                (key, value) -> {
                    // Without IPv6 there is nothing to be set, and nothing to be prevented.
                    if (Files.exists(ROOT.resolve(key))) {
                        write(key, value);
                    }
                });
    }

    private Optional<String> read(String key) {
        try {
            String value = Files.readString(ROOT.resolve(key)).strip();
            failing.remove(key);
            return Optional.of(value);
        } catch (IOException e) {
            complain(key, "Cannot read " + key + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void write(String key, String value) {
        try {
            Files.writeString(ROOT.resolve(key), value);
            failing.remove(key);
        } catch (IOException e) {
            complain(key, "Cannot set " + key + " to " + value + ": " + e.getMessage());
        }
    }

    private void save() {
        try {
            ledger.save();
        } catch (IOException e) {
            complain("", "Cannot note what is to be undone: " + e.getMessage());
        }
    }

    private void complain(String key, String words) {
        if (failing.add(key)) {
            reporter.log(Level.WARNING, words);
        }
    }
}
