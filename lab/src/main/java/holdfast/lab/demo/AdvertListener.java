package holdfast.lab.demo;

import holdfast.linux.EventLoop;
import holdfast.linux.Interfaces;
import holdfast.linux.RawSocket;
import holdfast.linux.ReceiveBatch;
import holdfast.linux.SyscallException;
import holdfast.net.Ipv4Address;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.time.Duration;
import java.time.Instant;

/// Hears the VRRP adverts on an interface, and prints each of them.
///
/// A line for each: when it came in microseconds, who sent it, its virtual router and its priority.
/// An empty line comes first, when it listens.
public final class AdvertListener {

    /// RFC 9568, 5.2: version and type, virtual router, priority.
    private static final int VRID_AT = 1;

    private static final int PRIORITY_AT = 2;
    private static final int HEADER_BYTES = 8;
    private static final int DATAGRAM_BYTES = 512;
    private static final int BATCH = 16;

    private AdvertListener() {}

    /// @param arguments the interface to listen on
    public static void main(String[] arguments) throws SyscallException {
        int ifindex = Interfaces.index(arguments[0]).orElseThrow();
        var spec =
                RawSocket.Spec.multicast(
                        RawSocket.VRRP, ifindex, arguments[0], Ipv4Address.of(224, 0, 0, 18));
        try (var socket = RawSocket.open(spec);
                var batch = new ReceiveBatch(BATCH, DATAGRAM_BYTES);
                var loop = new EventLoop(new NoDeadline())) {
            loop.watch(socket.fd(), _ -> socket.receive(batch, AdvertListener::print));
            System.out.println();
            loop.run();
        }
    }

    private static void print(Datagram datagram) {
        var payload = datagram.payload();
        if (payload.remaining() >= HEADER_BYTES) {
            int start = payload.position();
            System.out.println(
                    "%d %s %d %d"
                            .formatted(
                                    Duration.between(Instant.EPOCH, Instant.now()).toNanos() / 1000,
                                    datagram.source(),
                                    payload.get(start + VRID_AT) & 0xff,
                                    payload.get(start + PRIORITY_AT) & 0xff));
        }
    }

    private static final class NoDeadline implements EventLoop.Ticker {
        @Override
        public MonoTime deadline() {
            return MonoTime.NEVER;
        }

        @Override
        public void onDeadline(MonoTime now) {}
    }
}
