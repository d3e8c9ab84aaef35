package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.time.MonoTime;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventLoopTest {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 2048;

    @Test
    void deadlinesFireInOrderAndNotBeforeTheirTime() throws Exception {
        Metronome metronome = new Metronome(new MonoTime(System.nanoTime()));
        try (EventLoop loop = new EventLoop(metronome)) {
            metronome.atLast = loop::stop;
            loop.run();
        }
        assertEquals(Metronome.BEATS, metronome.beats);
    }

    private static final class Metronome implements EventLoop.Ticker {
        static final int BEATS = 5;

        private MonoTime next;
        private int beats;
        private Runnable atLast = () -> {};

        Metronome(MonoTime start) {
            next = start;
        }

        @Override
        public MonoTime deadline() {
            return next;
        }

        @Override
        public void onDeadline(MonoTime now) {
            assertFalse(next.isAfter(now));
            next = next.plus(Duration.ofMillis(10));
            if (++beats == BEATS) {
                atLast.run();
            }
        }
    }

    @Test
    void expectedErrorsAreValuesAndUnexpectedOnesAreExceptions() {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            int fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, 0);
            MemorySegment buffer = arena.allocate(64);

            assertTrue(Errno.EAGAIN.is(libc.recv(fd, buffer, 0)));
            assertEquals(0, libc.close(fd));
            assertThrows(
                    SyscallException.class, () -> SyscallException.check("close", libc.close(fd)));
        }
    }

    @Test
    void theKernelListsLoopbackAmongItsLinks() {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            int fd = libc.socket(AF_NETLINK, SOCK_RAW, 0);
            MemorySegment request = arena.allocate(32);
            request.set(ValueLayout.JAVA_INT, 0, 32);
            request.set(ValueLayout.JAVA_SHORT, 4, (short) 18); // RTM_GETLINK
            request.set(ValueLayout.JAVA_SHORT, 6, (short) 0x301); // NLM_F_REQUEST | NLM_F_DUMP
            assertEquals(32, libc.send(fd, request, 0));
            assertTrue(libc.recv(fd, arena.allocate(32 * 1024), 0) > 32);
            libc.close(fd);
        }
    }
}
