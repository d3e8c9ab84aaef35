package holdfast.daemon.balance;

import holdfast.daemon.tls.TlsClient;
import holdfast.daemon.tls.TlsContexts;
import holdfast.linux.EventLoop;
import holdfast.linux.SyscallException;
import holdfast.probe.Connection;
import holdfast.probe.Outcome;
import holdfast.probe.Patience;
import holdfast.probe.Probe;
import holdfast.probe.TlsSpec;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes one probe, here and now, with a loop of its own.
public final class PageFetch implements EventLoop.Ticker, EventLoop.Source {

    private Optional<ConnectionCheck> check = Optional.empty();

    private PageFetch() {}

    /// Returns what it came to.
    ///
    /// @param tls the session to speak through; the connection is plain when it is empty
    /// @throws SyscallException when the connection could not even be tried
    public static Outcome run(
            Connection to, Optional<TlsSpec.Session> tls, Probe probe, Duration timeout)
            throws SyscallException {
        PageFetch fetch = new PageFetch();
        Probe outer =
                tls.isPresent()
                        ? new TlsProbe(
                                new TlsClient(TlsContexts.plain(), List.of()), tls.get(), probe)
                        : probe;
        try (EventLoop loop = new EventLoop(fetch);
                ConnectionCheck check =
                        ConnectionCheck.start(
                                loop,
                                fetch,
                                to,
                                outer,
                                ConnectionCheck.buffer(),
                                Patience.of(timeout),
                                EventLoop.clock())) {
            fetch.check = Optional.of(check);
            while (check.outcome().isEmpty()) {
                loop.turn();
            }
            return check.outcome().get();
        }
    }

    @Override
    public void onTrouble(MonoTime now) {
        check.ifPresent(it -> it.onTrouble(now));
    }

    @Override
    public void onReadable(MonoTime now) {
        check.ifPresent(it -> it.onReadable(now));
    }

    @Override
    public void onWritable(MonoTime now) {
        check.ifPresent(it -> it.onWritable(now));
    }

    @Override
    public MonoTime deadline() {
        return check.map(ConnectionCheck::deadline).orElse(MonoTime.NEVER);
    }

    @Override
    public void onDeadline(MonoTime now) {
        check.ifPresent(it -> it.onDeadline(now));
    }
}
