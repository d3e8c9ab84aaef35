package holdfast.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketsTest {

    private static final IpAddress LOCALHOST = IpAddress.parse("127.0.0.1").orElseThrow();
    private static final SocketBinding FROM_OTHER_LOOPBACK =
            new SocketBinding(
                    Optional.of(new Endpoint(IpAddress.parse("127.0.0.7").orElseThrow(), 0)),
                    Optional.of("lo"),
                    7);

    @Test
    void tcpConnectsFromWhereItIsToldAndCarriesBytesBothWays() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TcpSocket client = TcpSocket.open(Family.INET, FROM_OTHER_LOOPBACK)) {
            int result = client.connect(new Endpoint(LOCALHOST, server.getLocalPort()));
            assertTrue(result == 0 || Errno.EINPROGRESS.is(result));
            try (Socket accepted = server.accept()) {
                assertEquals("127.0.0.7", accepted.getInetAddress().getHostAddress());
                untilReady(client.fd(), EventLoop.Interest.WRITE);
                assertEquals(0, client.error());
                assertEquals(5, client.write(bytes("hello")));
                assertEquals("hello", new String(accepted.getInputStream().readNBytes(5), UTF_8));
                accepted.getOutputStream().write("bye".getBytes(UTF_8));
                accepted.shutdownOutput();
                untilReady(client.fd(), EventLoop.Interest.READ);
                ByteBuffer answer = ByteBuffer.allocate(10);
                assertEquals(3, client.read(answer));
                untilReady(client.fd(), EventLoop.Interest.READ);
                assertEquals(0, client.read(answer));
                client.abort();
                assertThrows(SocketException.class, () -> accepted.getInputStream().read());
            }
        }
    }

    @Test
    void aRefusedConnectionIsAValue() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        try (TcpSocket client = TcpSocket.open(Family.INET, SocketBinding.ANY)) {
            int result = client.connect(new Endpoint(LOCALHOST, port));
            if (Errno.EINPROGRESS.is(result)) {
                untilReady(client.fd(), EventLoop.Interest.WRITE);
                result = client.error();
            }
            assertTrue(Errno.ECONNREFUSED.is(result), Errno.describe(result));
        }
    }

    @Test
    void udpHearsThatAPortIsClosed() throws Exception {
        try (UdpSocket client = UdpSocket.open(Family.INET, SocketBinding.ANY)) {
            assertEquals(0, client.connect(new Endpoint(LOCALHOST, 9)));
            assertEquals(4, client.send(bytes("ping")));
            untilReady(client.fd(), EventLoop.Interest.READ);
            long result = client.receive(ByteBuffer.allocate(10));
            assertTrue(Errno.ECONNREFUSED.is(result));
        }
    }

    @Test
    void unixDatagramsReachPathsAndAbstractNames(@TempDir Path directory) throws Exception {
        String unique = "@holdfast-test-" + Scheduling.pid() + "-" + System.nanoTime();
        for (String name : List.of(directory.resolve("log").toString(), unique)) {
            try (UnixDatagram receiver = UnixDatagram.open();
                    UnixDatagram sender = UnixDatagram.open()) {
                receiver.bind(name);
                assertEquals(7, sender.send(name, bytes("READY=1")));
                ByteBuffer heard = ByteBuffer.allocate(100);
                assertEquals(7, receiver.receive(heard));
                assertEquals("READY=1", UTF_8.decode(heard.flip()).toString());
            }
        }
        try (UnixDatagram sender = UnixDatagram.open()) {
            long result = sender.send(directory.resolve("nobody").toString(), bytes("x"));
            assertTrue(Errno.ENOENT.is(result));
        }
    }

    @Test
    void fifosOpenWithoutWaiting(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("fifo");
        assertTrue(Fifo.make(path, 0600));
        assertFalse(Fifo.make(path, 0600));
        assertTrue(Fifo.openForWriting(path).isEmpty());
        try (Fd reader = Fifo.openForReading(path);
                Fd writer = Fifo.openForWriting(path).orElseThrow()) {
            assertEquals(5, writer.write(bytes("state")));
            assertEquals(5, reader.read(ByteBuffer.allocate(10)));
            assertTrue(Errno.EAGAIN.is(reader.read(ByteBuffer.allocate(10))));
        }
        try (Fd both = Fifo.openForBoth(path)) {
            assertEquals(5, both.write(bytes("state")));
        }
    }

    @Test
    void aLockIsForOneHolderAndEndsWithIt(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("daemon.pid");
        FileLock first = FileLock.tryLock(path, 0644).orElseThrow();
        first.write("a longer text\n");
        first.write("12345\n");
        assertTrue(FileLock.tryLock(path, 0644).isEmpty());
        assertEquals("12345\n", Files.readString(path));
        first.close();
        FileLock.tryLock(path, 0644).orElseThrow().close();
    }

    @Test
    void accountsAndInterfacesAreFoundByName() throws Exception {
        assertEquals("root", Accounts.user(0).orElseThrow().name());
        assertEquals(new Accounts.User("root", 0, 0, "/root"), Accounts.user("root").orElseThrow());
        assertTrue(Accounts.user("no-such-user").isEmpty());
        assertEquals(0, Accounts.group("root").orElseThrow());
        assertTrue(Accounts.group("no-such-group").isEmpty());
        try (Netns netns = new Netns()) {
            assertEquals(1, netns.in(() -> Interfaces.index("lo")).orElseThrow());
            assertTrue(netns.in(() -> Interfaces.isRunning("lo")));
            assertTrue(netns.in(() -> Interfaces.index("no-such-if")).isEmpty());
            assertFalse(netns.in(() -> Interfaces.isRunning("no-such-if")));
        }
    }

    @Test
    void theHistogramKnowsItsQuantilesToASixteenth() {
        LatenessHistogram histogram = new LatenessHistogram();
        for (int micros = 1; micros <= 1000; micros++) {
            histogram.record(micros * 1000L);
        }
        assertEquals(1000, histogram.count());
        assertEquals(Duration.ofMillis(1), histogram.max());
        for (double part : List.of(0.01, 0.5, 0.9, 0.99, 0.999, 1.0)) {
            double exact = part * 1_000_000;
            double said = histogram.quantile(part).toNanos();
            assertTrue(said >= exact && said <= exact * 17 / 16, part + ": " + said);
        }
        histogram.clear();
        assertEquals(Duration.ZERO, histogram.quantile(0.5));
    }

    private static void untilReady(Fd fd, EventLoop.Interest interest) throws Exception {
        List<String> heard = new ArrayList<>();
        try (EventLoop loop = new EventLoop(new TenSeconds())) {
            EventLoop.Source source =
                    new EventLoop.Source() {
                        @Override
                        public void onReadable(MonoTime now) {
                            heard.add("readable");
                        }

                        @Override
                        public void onWritable(MonoTime now) {
                            heard.add("writable");
                        }
                    };
            loop.watch(fd, interest, source);
            loop.turn();
        }
        assertFalse(heard.isEmpty(), "not ready");
    }

    private static final class TenSeconds implements EventLoop.Ticker {
        private final MonoTime end = EventLoop.clock().plus(Duration.ofSeconds(10));

        @Override
        public MonoTime deadline() {
            return end;
        }

        @Override
        public void onDeadline(MonoTime now) {}
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
