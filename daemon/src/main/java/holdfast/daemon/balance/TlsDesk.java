package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.daemon.tls.TlsClient;
import holdfast.daemon.tls.TlsContexts;
import holdfast.daemon.tls.TlsContexts.Made;
import holdfast.linux.EventLoop;
import holdfast.linux.SyscallException;
import holdfast.probe.Probe;
import holdfast.probe.TlsSpec;
import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What checks over TLS need before they can begin: certificates and keys, which take a while to be
/// read. Orders wait here for them. Confined to the loop's thread.
///
/// Made late: what TLS takes to start is not spent where no check uses it.
final class TlsDesk implements AutoCloseable {

    private final EventLoop loop;
    private final Consumer<MonoTime> listener;
    private final List<StartProbe> waiting = new ArrayList<>();
    private Optional<TlsContexts> contexts = Optional.empty();

    /// @param listener told when [#takeReady] may have something
    TlsDesk(EventLoop loop, Consumer<MonoTime> listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /// What there is for a check; empty if its order has to wait, and does so here.
    Optional<Made> ask(StartProbe order, TlsSpec tls) throws SyscallException {
        Optional<Made> made = contexts().ask(tls.credentials());
        if (made.isEmpty()) {
            waiting.add(order);
        }
        return made;
    }

    private TlsContexts contexts() throws SyscallException {
        if (contexts.isEmpty()) {
            TlsContexts opened = new TlsContexts();
            contexts = Optional.of(opened);
            loop.watch(
                    opened.fd(),
                    now -> {
                        opened.collect();
                        listener.accept(now);
                    });
        }
        return contexts.get();
    }

    /// A probe through TLS.
    static TlsProbe probe(Made.Context made, TlsSpec tls, int step, Probe inner) {
        return new TlsProbe(
                new TlsClient(made.context(), tls.protocols()), tls.sessions().get(step), inner);
    }

    /// Orders that may try again.
    List<StartProbe> takeReady() {
        List<StartProbe> ready = List.copyOf(waiting);
        waiting.clear();
        return ready;
    }

    void abandon(long probe) {
        waiting.removeIf(order -> order.probe() == probe);
    }

    /// Has files read again, which may have changed.
    void forget() {
        contexts.ifPresent(TlsContexts::forget);
    }

    @Override
    public void close() {
        waiting.clear();
        contexts.ifPresent(
                opened -> {
                    loop.unwatch(opened.fd());
                    opened.close();
                });
        contexts = Optional.empty();
    }
}
