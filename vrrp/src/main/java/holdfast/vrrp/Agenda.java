package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// Which instance wants to be woken when, the first one at hand.
final class Agenda {

    private record Entry(MonoTime at, long serial, VrrpInstance instance) {}

    private final TreeSet<Entry> entries =
            new TreeSet<>(Comparator.comparing(Entry::at).thenComparing(Entry::serial));
    private final Map<VrrpInstance, Entry> filed = new HashMap<>();
    private long nextSerial;

    /// Notes the deadline of an instance; forgets the instance when it waits for nothing.
    void file(VrrpInstance instance, MonoTime deadline) {
        Entry old = filed.get(instance);
        if (old != null && old.at().equals(deadline)) {
            return;
        }
        if (old != null) {
            entries.remove(old);
        }
        if (deadline.equals(MonoTime.NEVER)) {
            filed.remove(instance);
            return;
        }
        long serial = old == null ? nextSerial++ : old.serial();
        Entry entry = new Entry(deadline, serial, instance);
        entries.add(entry);
        filed.put(instance, entry);
    }

    MonoTime deadline() {
        return entries.isEmpty() ? MonoTime.NEVER : entries.first().at();
    }

    /// The instance whose deadline comes first; only when there is one.
    VrrpInstance first() {
        return entries.first().instance();
    }
}
