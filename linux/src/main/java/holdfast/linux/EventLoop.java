package holdfast.linux;

import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/// One thread, one wait, then everything that became due: descriptors first, deadlines after.
///
/// Each turn reads the clock once. All that happens in a turn happens at that time, which is what
/// makes a recorded turn replayable. Before a deadline is served, descriptors are asked once more:
/// after a stall, what waits in a socket is heard before a timer may speak.
///
/// Confined to the thread that runs it; others reach it through a [Mailbox].
public final class EventLoop implements AutoCloseable {

    /// A descriptor's reader and writer.
    @FunctionalInterface
    public interface Source {

        /// There is something to read, an error, or the end. Reads until it would block, or a
        /// bounded number of times; what is left over is reported again.
        void onReadable(MonoTime now);

        /// There is room to write, or an error.
        default void onWritable(MonoTime now) {}

        /// There is an error, or the end of both directions; comes before the other two.
        default void onTrouble(MonoTime now) {}
    }

    /// What the loop drives beside descriptors: the role's timers.
    public interface Ticker {
        MonoTime deadline();

        void onDeadline(MonoTime now);
    }

    /// Who wants to know that a deadline was served late.
    public interface Late {
        void onLate(Duration lateness);
    }

    /// What a watched descriptor is asked for.
    public enum Interest {
        NOTHING(0),
        READ(EPOLLIN),
        WRITE(EPOLLOUT),
        READ_AND_WRITE(EPOLLIN | EPOLLOUT);

        private final int events;

        Interest(int events) {
            this.events = events;
        }
    }

    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final int EPOLLERR = 8;
    private static final int EPOLLHUP = 16;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int EPOLL_CLOEXEC = Libc.O_CLOEXEC;

    /// struct epoll_event is packed on x86-64 only.
    static final int EVENT_BYTES = Libc.X86 ? 12 : 16;

    static final int DATA_OFFSET = Libc.X86 ? 4 : 8;

    private static final int READY_MAX = 256;

    /// Rounds of descriptors before deadlines must get their turn.
    private static final int ROUNDS_MAX = 16;

    /// Deadlines served before descriptors must get their turn.
    private static final int DEADLINES_MAX = 1000;

    private static final Source NOBODY = now -> {};
    private static final Late UNHEARD = lateness -> {};

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// Ready events first, then a struct timespec, then the event that `control` passes.
    private static final int TIMEOUT_OFFSET = READY_MAX * EVENT_BYTES;

    private static final int CONTROL_OFFSET = TIMEOUT_OFFSET + 16;

    private final Memory memory = new Memory(CONTROL_OFFSET + EVENT_BYTES);
    private final Ticker ticker;
    private final Fd epoll;
    private final LatenessHistogram lateness = new LatenessHistogram();
    private final LatenessHistogram turns = new LatenessHistogram();

    /// By number of the descriptor; a watch that ended leaves nobody, and another generation.
    private Source[] sources = {};
    private int[] generations = {};
    private boolean running = true;
    private Late late = UNHEARD;
    private long lateNanos = Long.MAX_VALUE;

    public EventLoop(Ticker ticker) throws SyscallException {
        this.ticker = ticker;
        this.epoll = Fd.made("make an event loop", Libc.here().epollCreate1(EPOLL_CLOEXEC));
    }

    /// The clock that deadlines are read against.
    public static MonoTime clock() {
        return new MonoTime(System.nanoTime());
    }

    public void watch(Fd fd, Source source) throws SyscallException {
        watch(fd, Interest.READ, source);
    }

    public void watch(Fd fd, Interest interest, Source source) throws SyscallException {
        int number = fd.number();
        makeRoomFor(number);
        control(EPOLL_CTL_ADD, number, interest);
        sources[number] = source;
    }

    /// Asks a watched descriptor for something else.
    public void change(Fd fd, Interest interest) throws SyscallException {
        control(EPOLL_CTL_MOD, fd.number(), interest);
    }

    /// Forgets a descriptor; must come before it is closed. Harmless when it is not watched.
    public void unwatch(Fd fd) {
        int number = fd.number();
        if (number < sources.length && sources[number] != NOBODY) {
            Libc.here().epollCtl(epoll.number(), EPOLL_CTL_DEL, number, 0);
            release(fd);
        }
    }

    /// Forgets a descriptor that is closed next, and that nobody else has: the kernel forgets it
    /// by itself then. Harmless when it is not watched.
    public void release(Fd fd) {
        int number = fd.number();
        if (number < sources.length && sources[number] != NOBODY) {
            sources[number] = NOBODY;
            generations[number]++;
        }
    }

    public void stop() {
        running = false;
    }

    /// Turns until [#stop].
    public void run() throws SyscallException {
        Libc libc = Libc.here();
        while (running) {
            turn(libc);
        }
    }

    /// Waits for the first thing to happen, and serves all that happened.
    public void turn() throws SyscallException {
        turn(Libc.here());
    }

    private void turn(Libc libc) throws SyscallException {
        MonoTime due = ticker.deadline();
        int count = await(libc, due);
        MonoTime now = clock();
        if (!due.isAfter(now)) {
            long behind = now.nanos() - due.nanos();
            lateness.record(behind);
            if (behind >= lateNanos) {
                late.onLate(Duration.ofNanos(behind));
            }
        }
        for (int round = 1; count > 0; round++) {
            serve(count, now);
            boolean more = running && round < ROUNDS_MAX && !ticker.deadline().isAfter(now);
            count = more ? poll(libc) : 0;
        }
        for (int i = 0; running && i < DEADLINES_MAX && !ticker.deadline().isAfter(now); i++) {
            ticker.onDeadline(now);
        }
        turns.record(System.nanoTime() - now.nanos());
    }

    /// Has somebody told when a deadline is noticed so late, or later.
    public void tellLate(Duration atLeast, Late listener) {
        lateNanos = atLeast.toNanos();
        late = listener;
    }

    /// How late the first deadline of a turn was noticed.
    public LatenessHistogram lateness() {
        return lateness;
    }

    /// How long turns took, waiting excluded.
    public LatenessHistogram turns() {
        return turns;
    }

    private void makeRoomFor(int number) {
        int before = sources.length;
        if (number >= before) {
            int room = Math.max(64, Math.max(number + 1, before * 2));
            sources = Arrays.copyOf(sources, room);
            Arrays.fill(sources, before, room, NOBODY);
            generations = Arrays.copyOf(generations, room);
        }
    }

    private void control(int operation, int number, Interest interest) throws SyscallException {
        ByteBuffer event = memory.view();
        event.putInt(CONTROL_OFFSET, interest.events);
        event.putInt(CONTROL_OFFSET + DATA_OFFSET, number);
        event.putInt(CONTROL_OFFSET + DATA_OFFSET + 4, generations[number]);
        long address = memory.at(CONTROL_OFFSET);
        int result = Libc.here().epollCtl(epoll.number(), operation, number, address);
        SyscallException.check("watch a descriptor", result);
    }

    private int await(Libc libc, MonoTime deadline) throws SyscallException {
        if (deadline.equals(MonoTime.NEVER)) {
            return ready(libc, 0);
        }
        long nanos = Math.max(0, deadline.nanos() - System.nanoTime());
        memory.view().putLong(TIMEOUT_OFFSET, nanos / NANOS_PER_SECOND);
        memory.view().putLong(TIMEOUT_OFFSET + 8, nanos % NANOS_PER_SECOND);
        return ready(libc, memory.at(TIMEOUT_OFFSET));
    }

    private int poll(Libc libc) throws SyscallException {
        memory.view().putLong(TIMEOUT_OFFSET, 0).putLong(TIMEOUT_OFFSET + 8, 0);
        return ready(libc, memory.at(TIMEOUT_OFFSET));
    }

    private int ready(Libc libc, long timeout) throws SyscallException {
        int count = libc.epollPwait2(epoll.number(), memory.at(0), READY_MAX, timeout);
        return Errno.EINTR.is(count) ? 0 : (int) SyscallException.check("wait for events", count);
    }

    private void serve(int count, MonoTime now) {
        ByteBuffer served = memory.view();
        for (int i = 0; i < count && running; i++) {
            int events = served.getInt(i * EVENT_BYTES);
            int number = served.getInt(i * EVENT_BYTES + DATA_OFFSET);
            int generation = served.getInt(i * EVENT_BYTES + DATA_OFFSET + 4);
            if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
                sourceOf(number, generation).onTrouble(now);
            }
            if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0) {
                sourceOf(number, generation).onReadable(now);
            }
            if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0) {
                sourceOf(number, generation).onWritable(now);
            }
        }
    }

    /// An earlier source of this round may have ended this watch.
    private Source sourceOf(int number, int generation) {
        return generations[number] == generation ? sources[number] : NOBODY;
    }

    @Override
    public void close() {
        epoll.close();
        memory.close();
    }
}
