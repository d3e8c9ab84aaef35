package holdfast.daemon.kernel;

import holdfast.daemon.Reporter;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.netlink.ipvs.IpvsDaemon;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Keeps the sync daemons of the kernel as they shall be. The kernel takes its time to start and
/// stop them, so a thread of its own does it; there is none until a daemon is wanted.
///
/// Confined to one thread.
public final class SyncKeeper implements AutoCloseable {

    private static final int ORDERS_MAX = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// The thread and the way to it.
    private record Worker(Thread thread, Mailbox<SyncOrder> orders) {}

    private final Reporter reporter;
    private final IpvsHome home;
    private Optional<Worker> worker = Optional.empty();

    /// @param home whose daemons they are
    public SyncKeeper(Reporter reporter, IpvsHome home) {
        this.reporter = reporter;
        this.home = home;
    }

    /// Asks for these daemons, and no others. Returns at once.
    public void want(List<IpvsDaemon> daemons) throws SyscallException {
        if (worker.isEmpty() && !daemons.isEmpty()) {
            worker = Optional.of(begin());
        }
        worker.ifPresent(one -> one.orders().send(new SyncOrder.Want(daemons)));
    }

    private Worker begin() throws SyscallException {
        Mailbox<SyncOrder> orders = new Mailbox<>(ORDERS_MAX);
        Thread thread = new Thread(new SyncLoop(reporter, home, orders), "sync");
        thread.setDaemon(true);
        thread.start();
        return new Worker(thread, orders);
    }

    /// Waits until everything that was asked for is done. Daemons go on.
    @Override
    public void close() {
        worker.ifPresent(
                one -> {
                    one.orders().send(new SyncOrder.End());
                    try {
                        one.thread().join(PATIENCE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    one.orders().close();
                });
        worker = Optional.empty();
    }
}
