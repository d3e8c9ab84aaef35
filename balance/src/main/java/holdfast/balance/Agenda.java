package holdfast.balance;

import holdfast.time.MonoTime;
import java.util.Arrays;

/// Who wants to be woken when: a binary heap that knows the place of each entry.
///
/// Putting, moving, and striking out cost the logarithm of the number of entries. Equal times
/// are served in the order in which they were put. Confined to one thread.
final class Agenda {

    /// The place of one checker. Belongs to one agenda at most.
    static final class Entry {
        private static final int NOWHERE = -1;

        private final Checker checker;
        private MonoTime dueAt = MonoTime.NEVER;
        private long turn;
        private int slot = NOWHERE;

        Entry(Checker checker) {
            this.checker = checker;
        }

        private boolean isBefore(Entry other) {
            int byTime = dueAt.compareTo(other.dueAt);
            return byTime < 0 || (byTime == 0 && turn < other.turn);
        }
    }

    private Entry[] heap = new Entry[16];
    private int size;
    private long turns;

    /// Adds the entry, or moves it to its new time.
    void put(Entry entry, MonoTime dueAt) {
        strike(entry);
        entry.dueAt = dueAt;
        entry.turn = turns++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        rise(size++, entry);
    }

    /// Removes the entry if it is there.
    void strike(Entry entry) {
        int slot = entry.slot;
        if (slot == Entry.NOWHERE) {
            return;
        }
        entry.slot = Entry.NOWHERE;
        Entry last = heap[--size];
        if (last != entry) {
            rise(slot, last);
            sink(last.slot, last);
        }
    }

    boolean contains(Entry entry) {
        return entry.slot != Entry.NOWHERE;
    }

    int size() {
        return size;
    }

    /// The earliest time, or [MonoTime#NEVER].
    MonoTime firstAt() {
        return size == 0 ? MonoTime.NEVER : heap[0].dueAt;
    }

    /// Takes out the checker whose turn comes first. The agenda must not be empty.
    Checker takeFirst() {
        assert size > 0 : "nothing is due";
        Entry first = heap[0];
        strike(first);
        return first.checker;
    }

    private void rise(int from, Entry entry) {
        int slot = from;
        while (slot > 0) {
            int parent = (slot - 1) / 2;
            if (!entry.isBefore(heap[parent])) {
                break;
            }
            place(slot, heap[parent]);
            slot = parent;
        }
        place(slot, entry);
    }

    private void sink(int from, Entry entry) {
        int slot = from;
        while (2 * slot + 1 < size) {
            int child = 2 * slot + 1;
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(entry)) {
                break;
            }
            place(slot, heap[child]);
            slot = child;
        }
        place(slot, entry);
    }

    private void place(int slot, Entry entry) {
        heap[slot] = entry;
        entry.slot = slot;
    }
}
