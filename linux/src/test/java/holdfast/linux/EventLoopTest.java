package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLoopTest {

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
        private Runnable onBeat = () -> {};
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
            onBeat.run();
            next = next.plus(Duration.ofMillis(10));
            if (++beats == BEATS) {
                atLast.run();
            }
        }
    }

    @Test
    void descriptorsAreServedBeforeDeadlinesThatAreDue() throws Exception {
        List<String> order = new ArrayList<>();
        Metronome metronome = new Metronome(new MonoTime(System.nanoTime() + 30_000_000));
        try (EventLoop loop = new EventLoop(metronome);
                Mailbox<String> box = new Mailbox<>(4)) {
            metronome.onBeat = () -> order.add("deadline");
            metronome.atLast = loop::stop;
            loop.watch(box.fd(), now -> box.receive().ifPresent(order::add));
            assertTrue(box.send("message"));
            Thread.sleep(40); // the stall that this is about
            loop.turn();
        }
        assertEquals(List.of("message", "deadline"), order.subList(0, 2));
    }

    @Test
    void aWatchThatEndsInARoundHearsNothingMoreOfIt() throws Exception {
        List<String> heard = new ArrayList<>();
        try (EventLoop loop = new EventLoop(new Metronome(new MonoTime(System.nanoTime())));
                Mailbox<String> one = new Mailbox<>(4);
                Mailbox<String> other = new Mailbox<>(4)) {
            EventLoop.Source endsBoth =
                    now -> {
                        heard.add("heard");
                        loop.unwatch(one.fd());
                        loop.unwatch(other.fd());
                    };
            loop.watch(one.fd(), endsBoth);
            loop.watch(other.fd(), endsBoth);
            one.send("a");
            other.send("b");
            loop.turn();
        }
        assertEquals(List.of("heard"), heard);
    }

    @Test
    void aPipeCanBeWatchedForWritingAndThenNoMore() throws Exception {
        List<String> heard = new ArrayList<>();
        Metronome metronome = new Metronome(new MonoTime(System.nanoTime() + 1_000_000));
        try (Pipe pipe = Pipe.open();
                EventLoop loop = new EventLoop(metronome)) {
            metronome.atLast = loop::stop;
            EventLoop.Source writer =
                    new EventLoop.Source() {
                        @Override
                        public void onReadable(MonoTime now) {
                            heard.add("readable");
                        }

                        @Override
                        public void onWritable(MonoTime now) {
                            heard.add("writable");
                            changeToNothing(loop, pipe.writer());
                        }
                    };
            loop.watch(pipe.writer(), EventLoop.Interest.WRITE, writer);
            loop.run();
        }
        assertEquals(List.of("writable"), heard);
        assertEquals(Metronome.BEATS, metronome.beats);
    }

    private static void changeToNothing(EventLoop loop, Fd fd) {
        try {
            loop.change(fd, EventLoop.Interest.NOTHING);
        } catch (SyscallException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFullMailboxRefusesAndAClosedOneToo() throws Exception {
        Mailbox<Integer> box = new Mailbox<>(2);
        assertTrue(box.send(1));
        assertTrue(box.send(2));
        assertFalse(box.send(3));
        assertEquals(1, box.receive().orElseThrow());
        assertTrue(box.send(4));
        box.close();
        assertFalse(box.send(5));
        assertTrue(box.receive().isEmpty());
    }

    @Test
    void everyMessageOfManyThreadsArrives() throws Exception {
        int each = 1000;
        List<Thread> senders = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        try (Mailbox<Integer> box = new Mailbox<>(4 * each);
                EventLoop loop = new EventLoop(new Metronome(MonoTime.NEVER))) {
            for (int i = 0; i < 4; i++) {
                int first = i * each;
                senders.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            for (int k = 0; k < each; k++) {
                                                box.send(first + k);
                                            }
                                        }));
            }
            loop.watch(
                    box.fd(),
                    now -> {
                        box.receive().ifPresent(seen::add);
                        if (seen.size() == 4 * each) {
                            loop.stop();
                        }
                    });
            loop.run();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertEquals(4 * each, seen.size());
    }

    @Test
    void expectedErrorsAreValuesAndUnexpectedOnesAreExceptions() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.Protocol.ROUTE)) {
            assertTrue(Errno.EAGAIN.is(socket.receive()));
            SyscallException thrown =
                    assertThrows(
                            SyscallException.class,
                            () -> SyscallException.check("close a socket", Libc.here().close(-1)));
            assertEquals(Errno.EBADF, thrown.errno());
            assertEquals("cannot close a socket: bad file descriptor (EBADF)", thrown.getMessage());
        }
    }

    @Test
    void theKernelListsLoopbackAmongItsLinks() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.Protocol.ROUTE)) {
            ByteBuffer request = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
            request.putInt(0, 32);
            request.putShort(4, (short) 18); // RTM_GETLINK
            request.putShort(6, (short) 0x301); // NLM_F_REQUEST | NLM_F_DUMP
            assertEquals(32, socket.send(request));
            assertTrue(socket.receive(Duration.ofSeconds(5)) > 32);
            assertEquals(16, socket.received().getShort(4)); // RTM_NEWLINK
        }
    }
}
