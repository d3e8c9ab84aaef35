package holdfast.time;

import java.util.ArrayList;
import java.util.List;

/// Who wants to be woken when: a binary heap that knows the place of each entry.
///
/// Putting, moving, and striking out cost the logarithm of the number of entries. Equal times
/// are served in the order in which they were added; who is moved keeps its place among equals.
/// Confined to one thread.
///
/// @param <T> who wants to be woken
public final class Agenda<T> {

    /// The place of one of them. Belongs to one agenda at most.
    public static final class Entry<T> {
        private static final int NOWHERE = -1;

        private final T owner;
        private MonoTime dueAt = MonoTime.NEVER;

        /// By what it has its place in the heap: when it is due, or earlier.
        private MonoTime filedAt = MonoTime.NEVER;

        private long turn;
        private int slot = NOWHERE;

        public Entry(T owner) {
            this.owner = owner;
        }

        private boolean isBefore(Entry<T> other) {
            int byTime = filedAt.compareTo(other.filedAt);
            return byTime < 0 || (byTime == 0 && turn < other.turn);
        }
    }

    private final List<Entry<T>> heap = new ArrayList<>();
    private long turns;

    /// An agenda on which nobody is.
    public Agenda() {}

    /// Adds the entry, or moves it to its new time.
    ///
    /// Who is put off keeps its place until that comes first: most are put off again before.
    public void put(Entry<T> entry, MonoTime dueAt) {
        boolean isNew = entry.slot == Entry.NOWHERE;
        entry.dueAt = dueAt;
        if (isNew) {
            entry.slot = heap.size();
            heap.add(entry);
            entry.turn = turns++;
        }
        if (isNew || entry.filedAt.isAfter(dueAt)) {
            entry.filedAt = dueAt;
            rise(entry.slot, entry);
        }
    }

    /// Removes the entry if it is there.
    public void strike(Entry<T> entry) {
        int slot = entry.slot;
        if (slot == Entry.NOWHERE) {
            return;
        }
        entry.slot = Entry.NOWHERE;
        Entry<T> last = heap.removeLast();
        if (last != entry) {
            rise(slot, last);
            sink(last.slot, last);
        }
    }

    public boolean contains(Entry<T> entry) {
        return entry.slot != Entry.NOWHERE;
    }

    public int size() {
        return heap.size();
    }

    /// The earliest time, or [MonoTime#NEVER].
    public MonoTime firstAt() {
        settle();
        return heap.isEmpty() ? MonoTime.NEVER : heap.getFirst().dueAt;
    }

    /// Whose turn comes first. The agenda must not be empty.
    public T first() {
        assert !heap.isEmpty() : "nothing is due";
        settle();
        return heap.getFirst().owner;
    }

    /// Takes out whose turn comes first. The agenda must not be empty.
    public T takeFirst() {
        T first = first();
        strike(heap.getFirst());
        return first;
    }

    /// Sees to it that the first place is taken by its time.
    private void settle() {
        while (!heap.isEmpty() && heap.getFirst().dueAt.isAfter(heap.getFirst().filedAt)) {
            Entry<T> first = heap.getFirst();
            first.filedAt = first.dueAt;
            sink(0, first);
        }
    }

    private void rise(int from, Entry<T> entry) {
        int slot = from;
        while (slot > 0) {
            int parent = (slot - 1) / 2;
            if (!entry.isBefore(heap.get(parent))) {
                break;
            }
            place(slot, heap.get(parent));
            slot = parent;
        }
        place(slot, entry);
    }

    private void sink(int from, Entry<T> entry) {
        int slot = from;
        while (2 * slot + 1 < heap.size()) {
            int child = 2 * slot + 1;
            if (child + 1 < heap.size() && heap.get(child + 1).isBefore(heap.get(child))) {
                child++;
            }
            if (!heap.get(child).isBefore(entry)) {
                break;
            }
            place(slot, heap.get(child));
            slot = child;
        }
        place(slot, entry);
    }

    private void place(int slot, Entry<T> entry) {
        heap.set(slot, entry);
        entry.slot = slot;
    }
}
