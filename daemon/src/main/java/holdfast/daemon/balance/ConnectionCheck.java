package holdfast.daemon.balance;

import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.EventLoop.Interest;
import holdfast.linux.SocketBinding;
import holdfast.linux.SyscallException;
import holdfast.linux.TcpSocket;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.probe.Connection;
import holdfast.probe.Outcome;
import holdfast.probe.Patience;
import holdfast.probe.Probe;
import holdfast.probe.ProbeInput;
import holdfast.probe.ProbeStep;
import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A probe with its TCP connection.
final class ConnectionCheck implements Check {

    private static final int READ_BYTES = 16 * 1024;

    /// Reads a turn, so that one chatty server does not hold up the others.
    private static final int READS_MAX = 8;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLoop loop;
    private final TcpSocket socket;
    private final Probe probe;
    private final Patience patience;
    private final MonoTime endsAt;
    private final ByteBuffer buffer;
    private MonoTime phaseEndsAt;
    private boolean connected;
    private ByteBuffer unsent = NOTHING;
    private Optional<Outcome> outcome = Optional.empty();

    private ConnectionCheck(
            EventLoop loop,
            TcpSocket socket,
            Probe probe,
            ByteBuffer buffer,
            Patience patience,
            MonoTime now) {
        this.loop = loop;
        this.socket = socket;
        this.probe = probe;
        this.buffer = buffer;
        this.patience = patience;
        this.phaseEndsAt = now.plus(patience.phase());
        this.endsAt = now.plus(patience.whole());
    }

    /// Room for what is read, which checks share since only one of them reads at a time.
    static ByteBuffer buffer() {
        return ByteBuffer.allocate(READ_BYTES);
    }

    /// Opens the connection. Failures of our own, such as an address that cannot be bound to, are
    /// exceptions.
    ///
    /// @param watcher what the loop wakes; passes on what it hears
    static ConnectionCheck start(
            EventLoop loop,
            EventLoop.Source watcher,
            Connection to,
            Probe probe,
            ByteBuffer buffer,
            Patience patience,
            MonoTime now)
            throws SyscallException {
        Family family = to.target().address().family();
        TcpSocket socket = TcpSocket.open(family, binding(to));
        ConnectionCheck check = new ConnectionCheck(loop, socket, probe, buffer, patience, now);
        int result = socket.connect(to.target());
        if (result == 0 || Errno.EINPROGRESS.is(result)) {
            try {
                loop.watch(socket.fd(), Interest.WRITE, watcher);
            } catch (SyscallException e) {
                socket.close();
                throw e;
            }
        } else {
            check.tell(new ProbeInput.Failed(Errno.of(result).words()));
        }
        return check;
    }

    /// Where the socket of a check starts from.
    static SocketBinding binding(Connection to) {
        if (to.bindAddress().isEmpty()
                && to.bindPort() == 0
                && to.device().isEmpty()
                && to.mark() == 0) {
            return SocketBinding.ANY;
        }
        Optional<Endpoint> local =
                to.bindAddress().map(address -> new Endpoint(address, to.bindPort()));
        if (local.isEmpty() && to.bindPort() != 0) {
            Family family = to.target().address().family();
            IpAddress any = IpAddress.of(new byte[family.bits() / 8]);
            local = Optional.of(new Endpoint(any, to.bindPort()));
        }
        return new SocketBinding(local, to.device(), to.mark());
    }

    @Override
    public void onTrouble(MonoTime now) {
        if (connected || outcome.isPresent()) {
            return; // Reading or writing tells.
        }
        int error = socket.error();
        if (error != 0) {
            tell(new ProbeInput.Failed(Errno.of(error).words()));
        }
    }

    @Override
    public void onWritable(MonoTime now) {
        if (outcome.isPresent()) {
            return;
        }
        if (!connected) {
            connected = true;
            phaseEndsAt = now.plus(patience.phase());
            tell(new ProbeInput.Connected());
        } else {
            send();
        }
    }

    @Override
    public void onReadable(MonoTime now) {
        for (int i = 0; connected && outcome.isEmpty() && i < READS_MAX; i++) {
            long count = socket.read(buffer.clear());
            if (Errno.EAGAIN.is(count)) {
                return;
            }
            phaseEndsAt = now.plus(patience.phase());
            if (count > 0) {
                tell(new ProbeInput.Received(buffer.flip()));
            } else if (count == 0) {
                tell(new ProbeInput.Closed());
            } else {
                tell(new ProbeInput.Failed(Errno.of(count).words()));
            }
        }
    }

    @Override
    public void onDeadline(MonoTime now) {
        if (!deadline().isAfter(now)) {
            tell(new ProbeInput.TimedOut());
        }
    }

    @Override
    public MonoTime deadline() {
        return phaseEndsAt.isAfter(endsAt) ? endsAt : phaseEndsAt;
    }

    private void tell(ProbeInput input) {
        switch (probe.on(input)) {
            case ProbeStep.Send(var bytes) -> {
                unsent = unsent.hasRemaining() ? joined(unsent, bytes) : bytes;
                send();
            }
            case ProbeStep.Farewell(var bytes, var result) -> {
                if (!unsent.hasRemaining()) {
                    long unused = socket.write(bytes);
                }
                end(result);
            }
            case ProbeStep.Wait() -> listen();
            case ProbeStep.Done(var result) -> end(result);
        }
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        ByteBuffer both = ByteBuffer.allocate(first.remaining() + second.remaining());
        return both.put(first).put(second).flip();
    }

    private void send() {
        while (unsent.hasRemaining()) {
            long count = socket.write(unsent);
            if (Errno.EAGAIN.is(count)) {
                interest(Interest.READ_AND_WRITE);
                return;
            }
            if (count < 0) {
                unsent = NOTHING;
                tell(new ProbeInput.Failed(Errno.of(count).words()));
                return;
            }
        }
        listen();
    }

    private void listen() {
        if (outcome.isEmpty() && connected && !unsent.hasRemaining()) {
            interest(Interest.READ);
        }
    }

    private void interest(Interest interest) {
        try {
            loop.change(socket.fd(), interest);
        } catch (SyscallException e) {
            end(new Outcome.NotMade(String.valueOf(e.getMessage())));
        }
    }

    private void end(Outcome result) {
        outcome = Optional.of(result);
        close();
    }

    @Override
    public Optional<Outcome> outcome() {
        return outcome;
    }

    @Override
    public boolean abandon(MonoTime now) {
        close();
        return true;
    }

    @Override
    public void close() {
        if (socket.fd().isOpen()) {
            loop.release(socket.fd());
            socket.close();
        }
    }
}
