package holdfast.time;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who wants to be woken when: a heap that knows the place of each entry. Its nodes have four
/// children, and its keys lie side by side: it is shallow, and sifting it follows no pointers.
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
        private long turn;
        private int slot = NOWHERE;

        public Entry(T owner) {
            this.owner = owner;
        }
    }

    private static final int CHILDREN = 4;

    private @Nullable Entry<T>[] heap = room(CHILDREN * CHILDREN);

    /// By what each has its place in the heap: when it is due, or earlier, in nanoseconds.
    private long[] filedAt = new long[heap.length];

    private int size;
    private long turns;

    /// An agenda on which nobody is.
    public Agenda() {}

    /// Adds the entry, or moves it to its new time.
    ///
    /// Who is put off keeps its place until that comes first: most are put off again before.
    public void put(Entry<T> entry, MonoTime dueAt) {
        entry.dueAt = dueAt;
        if (entry.slot == Entry.NOWHERE) {
            makeRoom();
            entry.turn = turns++;
            rise(size++, entry, dueAt.nanos());
        } else if (filedAt[entry.slot] > dueAt.nanos()) {
            rise(entry.slot, entry, dueAt.nanos());
        }
    }

    /// Removes the entry if it is there.
    public void strike(Entry<T> entry) {
        int slot = entry.slot;
        if (slot == Entry.NOWHERE) {
            return;
        }
        entry.slot = Entry.NOWHERE;
        Entry<T> last = at(--size);
        heap[size] = null;
        if (last != entry) {
            rise(slot, last, filedAt[size]);
            sink(last.slot, last, filedAt[last.slot]);
        }
    }

    public boolean contains(Entry<T> entry) {
        return entry.slot != Entry.NOWHERE;
    }

    public int size() {
        return size;
    }

    /// The earliest time, or [MonoTime#NEVER].
    public MonoTime firstAt() {
        settle();
        return size == 0 ? MonoTime.NEVER : at(0).dueAt;
    }

    /// Whose turn comes first. The agenda must not be empty.
    public T first() {
        assert size > 0 : "nothing is due";
        settle();
        return at(0).owner;
    }

    /// Takes out whose turn comes first. The agenda must not be empty.
    public T takeFirst() {
        T first = first();
        strike(at(0));
        return first;
    }

    /// Sees to it that the first place is taken by its time.
    private void settle() {
        while (size > 0 && at(0).dueAt.nanos() > filedAt[0]) {
            Entry<T> first = at(0);
            sink(0, first, first.dueAt.nanos());
        }
    }

    private void rise(int from, Entry<T> entry, long time) {
        int slot = from;
        while (slot > 0) {
            int parent = (slot - 1) / CHILDREN;
            if (!isBefore(time, entry, parent)) {
                break;
            }
            place(slot, at(parent), filedAt[parent]);
            slot = parent;
        }
        place(slot, entry, time);
    }

    private void sink(int from, Entry<T> entry, long time) {
        int slot = from;
        while (CHILDREN * slot + 1 < size) {
            int child = firstChild(slot);
            if (isBefore(time, entry, child)) {
                break;
            }
            place(slot, at(child), filedAt[child]);
            slot = child;
        }
        place(slot, entry, time);
    }

    /// The child of a node whose turn comes before that of the others.
    private int firstChild(int parent) {
        int first = CHILDREN * parent + 1;
        int end = Math.min(first + CHILDREN, size);
        for (int child = first + 1; child < end; child++) {
            if (isBefore(filedAt[child], at(child), first)) {
                first = child;
            }
        }
        return first;
    }

    private boolean isBefore(long time, Entry<T> entry, int other) {
        return time < filedAt[other] || (time == filedAt[other] && entry.turn < at(other).turn);
    }

    private void place(int slot, Entry<T> entry, long time) {
        heap[slot] = entry;
        filedAt[slot] = time;
        entry.slot = slot;
    }

    private Entry<T> at(int slot) {
        return Objects.requireNonNull(heap[slot]);
    }

    private void makeRoom() {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            filedAt = Arrays.copyOf(filedAt, 2 * size);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> @Nullable Entry<T>[] room(int entries) {
        return new Entry[entries];
    }
}
