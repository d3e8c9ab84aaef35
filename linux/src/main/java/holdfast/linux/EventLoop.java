package holdfast.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import holdfast.time.MonoTime;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One thread, one wait, then everything that became due: descriptors first, deadlines after.
///
/// Each turn reads the clock once. All that happens in a turn happens at that time, which is what
/// makes a recorded turn replayable.
public final class EventLoop implements AutoCloseable {

    private static final int READY_MAX = 64;

    /// struct epoll_event is packed on x86-64: events at 0, data at 4, 12 bytes in all.
    private static final int EVENT_BYTES = 12;

    private static final int DATA_OFFSET = 4;

    /// A descriptor's reader. Reads until it would block, and turns bytes into events.
    public interface Source {
        void onReadable(MonoTime now);
    }

    /// What the loop drives beside descriptors: the role's timers.
    public interface Ticker {
        MonoTime deadline();

        void onDeadline(MonoTime now);
    }

    private final Arena arena = Arena.ofConfined();
    private final Libc libc = new Libc(arena);
    private final MemorySegment ready = arena.allocate((long) READY_MAX * EVENT_BYTES);
    private final MemorySegment timeout = arena.allocate(JAVA_LONG, 2);
    private final List<Source> sources = new ArrayList<>();
    private final Ticker ticker;
    private final int epfd;
    private boolean running = true;

    public EventLoop(Ticker ticker) throws SyscallException {
        this.ticker = ticker;
        this.epfd = (int) SyscallException.check("epoll_create1", libc.epollCreate1(0));
    }

    public void watch(int fd, Source source) throws SyscallException {
        MemorySegment event = arena.allocate(EVENT_BYTES);
        event.set(JAVA_INT, 0, Libc.EPOLLIN);
        event.set(JAVA_INT, DATA_OFFSET, sources.size());
        SyscallException.check("epoll_ctl", libc.epollCtl(epfd, Libc.EPOLL_CTL_ADD, fd, event));
        sources.add(source);
    }

    public void stop() {
        running = false;
    }

    public void run() throws SyscallException {
        while (running) {
            int count = await(ticker.deadline());
            MonoTime now = clock();
            for (int i = 0; i < count; i++) {
                sources.get(ready.get(JAVA_INT, (long) i * EVENT_BYTES + DATA_OFFSET))
                        .onReadable(now);
            }
            while (running && !ticker.deadline().isAfter(now)) {
                ticker.onDeadline(now);
            }
        }
    }

    private int await(MonoTime deadline) throws SyscallException {
        MemorySegment until = MemorySegment.NULL;
        if (!deadline.equals(MonoTime.NEVER)) {
            Duration wait = deadline.since(clock());
            until = timeout;
            until.setAtIndex(JAVA_LONG, 0, wait.isNegative() ? 0 : wait.getSeconds());
            until.setAtIndex(JAVA_LONG, 1, wait.isNegative() ? 0 : wait.getNano());
        }
        int count = libc.epollPwait2(epfd, ready, READY_MAX, until);
        return Errno.EINTR.is(count) ? 0 : (int) SyscallException.check("epoll_pwait2", count);
    }

    private static MonoTime clock() {
        return new MonoTime(System.nanoTime());
    }

    @Override
    public void close() {
        libc.close(epfd);
        arena.close();
    }
}
