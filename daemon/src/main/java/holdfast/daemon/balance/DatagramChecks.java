package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.linux.EchoSocket;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.PeerSocket;
import holdfast.linux.SocketBinding;
import holdfast.linux.SyscallException;
import holdfast.linux.UdpSocket;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.probe.Connection;
import holdfast.probe.DnsProbe;
import holdfast.probe.DnsSpec;
import holdfast.probe.PingProbe;
import holdfast.probe.PingProbe.Hearing;
import holdfast.probe.Probe;
import holdfast.probe.UdpProbe;
import holdfast.probe.UdpSpec;
import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// Starts the checks that need no connection. Made with the first of them.
final class DatagramChecks implements AutoCloseable {

    private static final int DNS_PORT = 53;

    private final EventLoop loop;
    private final PingPermission permission = new PingPermission();
    private final SecureRandom chance = new SecureRandom();
    private final ByteBuffer buffer = DatagramCheck.buffer();

    DatagramChecks(EventLoop loop) {
        this.loop = loop;
    }

    Check udp(MonoTime now, StartProbe order, EventLoop.Source watcher, Connection to, UdpSpec udp)
            throws SyscallException {
        UdpSocket socket = UdpSocket.openSensitive(family(to), ConnectionCheck.binding(to));
        return start(now, order, watcher, socket, to.target(), new UdpProbe(udp));
    }

    Check dns(MonoTime now, StartProbe order, EventLoop.Source watcher, Connection to, DnsSpec dns)
            throws SyscallException {
        UdpSocket socket = UdpSocket.openSensitive(family(to), ConnectionCheck.binding(to));
        int port = to.target().port() == 0 ? DNS_PORT : to.target().port();
        Endpoint target = new Endpoint(to.target().address(), port);
        Probe probe = new DnsProbe(dns, chance.nextInt());
        return start(now, order, watcher, socket, target, probe);
    }

    /// Where the kernel keeps sockets for echoes from us, a raw one will do.
    Check ping(MonoTime now, StartProbe order, EventLoop.Source watcher, Connection to)
            throws SyscallException {
        Family family = family(to);
        SocketBinding binding = ConnectionCheck.binding(to);
        Hearing hearing = Hearing.OWN_REPLIES;
        EchoSocket socket;
        try {
            socket = open(family, binding);
        } catch (SyscallException e) {
            if (e.errno() != Errno.EACCES) {
                throw e;
            }
            socket = EchoSocket.openRaw(family, binding);
            hearing = Hearing.EVERYTHING;
        }
        int id = to.bindPort() == 0 ? chance.nextInt() : to.bindPort();
        Probe probe = new PingProbe(family, hearing, new PingProbe.Mark(id, chance.nextLong()));
        Endpoint target = new Endpoint(to.target().address(), 0);
        return start(now, order, watcher, socket, target, probe);
    }

    private EchoSocket open(Family family, SocketBinding binding) throws SyscallException {
        try {
            return EchoSocket.open(family, binding);
        } catch (SyscallException e) {
            if (e.errno() == Errno.EACCES && permission.widen()) {
                return EchoSocket.open(family, binding);
            }
            throw e;
        }
    }

    private Check start(
            MonoTime now,
            StartProbe order,
            EventLoop.Source watcher,
            PeerSocket socket,
            Endpoint target,
            Probe probe)
            throws SyscallException {
        return DatagramCheck.start(
                loop, watcher, socket, target, probe, buffer, order.timeout(), now);
    }

    private static Family family(Connection to) {
        return to.target().address().family();
    }

    @Override
    public void close() {
        permission.close();
    }
}
