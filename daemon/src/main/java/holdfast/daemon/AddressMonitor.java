package holdfast.daemon;

import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.netlink.Message;
import holdfast.netlink.rt.RtGroup;
import holdfast.netlink.rt.RtNotice;
import holdfast.time.MonoTime;
import java.net.NetworkInterface;
import java.net.SocketException;

/// Logs each address that comes to an interface or leaves one (`--address-monitoring`).
///
/// Confined to the thread of its loop.
final class AddressMonitor implements EventLoop.Source, AutoCloseable {

    private static final int READS_MAX = 64;

    /// Where lines go.
    interface Log {
        void line(Level level, String text);
    }

    private final EventLoop loop;
    private final NetlinkSocket socket;
    private final Log log;

    private AddressMonitor(EventLoop loop, NetlinkSocket socket, Log log) {
        this.loop = loop;
        this.socket = socket;
        this.log = log;
    }

    static AddressMonitor start(EventLoop loop, Log log) throws SyscallException {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.Protocol.ROUTE);
        AddressMonitor monitor = new AddressMonitor(loop, socket, log);
        socket.join(RtGroup.IPV4_ADDRESS.number());
        socket.join(RtGroup.IPV6_ADDRESS.number());
        loop.watch(socket.fd(), monitor);
        return monitor;
    }

    @Override
    public void onReadable(MonoTime now) {
        for (int i = 0; i < READS_MAX; i++) {
            long result = socket.receive();
            if (Errno.EAGAIN.is(result)) {
                return;
            }
            if (result < 0) {
                log.line(Level.WARNING, "Some changes of addresses were not heard");
                return;
            }
            for (Message message : Message.in(socket.received())) {
                if (RtNotice.of(message).orElse(null)
                        instanceof RtNotice.AddressNotice(var found, boolean present)) {
                    log.line(
                            Level.INFO,
                            "Address %s %s interface %s"
                                    .formatted(
                                            found.prefix(),
                                            present ? "is on" : "is gone from",
                                            name(found.index())));
                }
            }
        }
    }

    /// An interface may be gone before its addresses are said to be.
    private static String name(int index) {
        try {
            NetworkInterface found = NetworkInterface.getByIndex(index);
            return found == null ? "number " + index : found.getName();
        } catch (SocketException ignored) {
            return "number " + index;
        }
    }

    @Override
    public void close() {
        loop.unwatch(socket.fd());
        socket.close();
    }
}
