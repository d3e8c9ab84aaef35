package holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Memory outside the heap: its address for the kernel, and a view of it in native byte order.
///
/// Read and written through the view, since the accessors of memory segments are slow to start.
/// May be used by any thread, but by one at a time.
final class Memory implements AutoCloseable {

    private static final byte[] ZEROS = new byte[256];

    private final Arena arena;
    private final long address;
    private final ByteBuffer view;

    /// Fresh memory, all zero, aligned for every C type.
    Memory(int bytes) {
        this(Arena.ofShared(), bytes);
    }

    private Memory(Arena arena, int bytes) {
        this.arena = arena;
        MemorySegment segment = arena.allocate(bytes, 16);
        this.address = segment.address();
        this.view = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /// Memory that lives as long as the program.
    static Memory forEver(int bytes) {
        return new Memory(Arena.global(), bytes);
    }

    /// The address of the byte at `offset`.
    long at(int offset) {
        assert offset >= 0 && offset <= view.capacity() : offset;
        return address + offset;
    }

    /// The whole memory. Position and limit are nobody's; callers use absolute access.
    ByteBuffer view() {
        return view;
    }

    void clear(int offset, int bytes) {
        for (int done = 0; done < bytes; done += ZEROS.length) {
            view.put(offset + done, ZEROS, 0, Math.min(ZEROS.length, bytes - done));
        }
    }

    /// Copies the remaining bytes of `from` to `offset`, as many as fit; `from` does not move.
    int put(int offset, ByteBuffer from) {
        int count = Math.min(from.remaining(), view.capacity() - offset);
        view.put(offset, from, from.position(), count);
        return count;
    }

    /// Writes `text` as a C string to `offset`, and returns the offset behind its end.
    int putText(int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        view.put(offset, bytes);
        view.put(offset + bytes.length, (byte) 0);
        return offset + bytes.length + 1;
    }

    /// Reads the C string at `offset`.
    String text(int offset) {
        int end = offset;
        while (view.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - offset];
        view.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    int size() {
        return view.capacity();
    }

    @Override
    public void close() {
        arena.close();
    }
}
