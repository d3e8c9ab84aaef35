package holdfast.daemon.balance;

import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.PeerSocket;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.probe.Outcome;
import holdfast.probe.Probe;
import holdfast.probe.ProbeInput;
import holdfast.probe.ProbeStep;
import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// A probe that sends datagrams. It has its time-out for all of it, whatever is heard meanwhile.
final class DatagramCheck implements Check {

    /// More than any datagram.
    private static final int READ_BYTES = 64 * 1024;

    /// Reads a turn, so that one chatty server does not hold up the others.
    private static final int READS_MAX = 8;

    private final EventLoop loop;
    private final PeerSocket socket;
    private final Probe probe;
    private final ByteBuffer buffer;
    private final MonoTime deadline;
    private Optional<Outcome> outcome = Optional.empty();

    private DatagramCheck(
            EventLoop loop, PeerSocket socket, Probe probe, ByteBuffer buffer, MonoTime deadline) {
        this.loop = loop;
        this.socket = socket;
        this.probe = probe;
        this.buffer = buffer;
        this.deadline = deadline;
    }

    /// Room for what is read, which checks share since only one of them reads at a time.
    static ByteBuffer buffer() {
        return ByteBuffer.allocate(READ_BYTES);
    }

    /// Sends what the probe wants to be sent. The socket belongs to the check from now on.
    ///
    /// @param watcher what the loop wakes; passes on what it hears
    static DatagramCheck start(
            EventLoop loop,
            EventLoop.Source watcher,
            PeerSocket socket,
            Endpoint target,
            Probe probe,
            ByteBuffer buffer,
            Duration timeout,
            MonoTime now)
            throws SyscallException {
        DatagramCheck check = new DatagramCheck(loop, socket, probe, buffer, now.plus(timeout));
        int result = socket.connect(target);
        if (result < 0) {
            check.tell(new ProbeInput.Failed(Errno.of(result).words()));
            return check;
        }
        try {
            loop.watch(socket.fd(), watcher);
        } catch (SyscallException e) {
            socket.close();
            throw e;
        }
        check.tell(new ProbeInput.Connected());
        return check;
    }

    @Override
    public void onReadable(MonoTime now) {
        for (int i = 0; outcome.isEmpty() && i < READS_MAX; i++) {
            long count = socket.receive(buffer.clear());
            if (Errno.EAGAIN.is(count)) {
                return;
            }
            tell(
                    count >= 0
                            ? new ProbeInput.Received(buffer.flip())
                            : new ProbeInput.Failed(Errno.of(count).words()));
        }
    }

    @Override
    public void onDeadline(MonoTime now) {
        if (!deadline.isAfter(now) && outcome.isEmpty()) {
            tell(new ProbeInput.TimedOut());
        }
    }

    @Override
    public MonoTime deadline() {
        return deadline;
    }

    private void tell(ProbeInput input) {
        switch (probe.on(input)) {
            case ProbeStep.Send(var datagram) -> {
                long count = socket.send(datagram);
                if (count < 0) {
                    tell(new ProbeInput.Failed(Errno.of(count).words()));
                }
            }
            case ProbeStep.Wait() -> {}
            case ProbeStep.Farewell(_, var result) -> end(result);
            case ProbeStep.Done(var result) -> end(result);
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
