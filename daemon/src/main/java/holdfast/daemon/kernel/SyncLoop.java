package holdfast.daemon.kernel;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.netlink.ipvs.IpvsDaemon;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The thread that starts and stops sync daemons, and tries again what the kernel refused: the
/// interface may come, or get its address.
final class SyncLoop implements Runnable, EventLoop.Ticker {

    private static final Duration SOON = Duration.ofSeconds(1);

    /// A kernel seldom gets IPVS later.
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Reporter reporter;
    private final IpvsHome home;
    private final Mailbox<SyncOrder> orders;
    private final EventLoop loop;
    private final SyncDaemons daemons = new SyncDaemons();
    private Optional<IpvsControl> control = Optional.empty();
    private boolean modprobeTried;

    /// So that what does not work is said once, and not each time it is tried.
    private String complaint = "";

    private MonoTime retryAt = MonoTime.NEVER;

    SyncLoop(Reporter reporter, IpvsHome home, Mailbox<SyncOrder> orders) throws SyscallException {
        this.reporter = reporter;
        this.home = home;
        this.orders = orders;
        this.loop = new EventLoop(this);
        loop.watch(orders.fd(), this::onOrders);
    }

    @Override
    public void run() {
        try (loop) {
            loop.run();
        } catch (SyscallException e) {
            reporter.log(Level.ERROR, "The sync daemon is left alone: " + e.getMessage());
        } finally {
            control.ifPresent(IpvsControl::close);
        }
    }

    /// Only the last wish counts.
    private void onOrders(MonoTime now) {
        boolean ends = false;
        for (Optional<SyncOrder> next = orders.receive();
                next.isPresent();
                next = orders.receive()) {
            switch (next.get()) {
                case SyncOrder.Want(var wanted) -> daemons.want(wanted);
                case SyncOrder.End() -> ends = true;
            }
        }
        work(now);
        if (ends) {
            loop.stop();
        }
    }

    private void work(MonoTime now) {
        retryAt = MonoTime.NEVER;
        try {
            if (!isOpen()) {
                if (daemons.wantsAny()) {
                    complain("this kernel has no IPVS");
                    retryAt = now.plus(LATER);
                }
                return;
            }
            for (SyncCommand command : daemons.commands()) {
                Optional<String> refusal = carryOut(control.orElseThrow(), command);
                if (refusal.isPresent()) {
                    complain(words(command) + ": " + refusal.get());
                    retryAt = now.plus(SOON);
                    return;
                }
                daemons.did(command);
                reporter.log(Level.INFO, "IPVS sync daemon: " + words(command));
            }
            complaint = "";
        } catch (SyscallException e) {
            complain(String.valueOf(e.getMessage()));
            retryAt = now.plus(SOON);
        }
    }

    private boolean isOpen() throws SyscallException {
        if (control.isEmpty()) {
            control = IpvsControl.open(home, !modprobeTried);
            modprobeTried = true;
            if (control.isPresent()) {
                daemons.found(control.get().daemons());
            }
        }
        return control.isPresent();
    }

    private static Optional<String> carryOut(IpvsControl control, SyncCommand command)
            throws SyscallException {
        return switch (command) {
            case SyncCommand.Start(var daemon) -> control.start(daemon);
            case SyncCommand.Stop(var daemon) -> control.stop(daemon.role());
        };
    }

    private void complain(String reason) {
        if (!complaint.equals(reason)) {
            complaint = reason;
            reporter.log(Level.WARNING, "IPVS sync daemon does not work: " + reason);
        }
    }

    private static String words(SyncCommand command) {
        return switch (command) {
            case SyncCommand.Start(var daemon) -> "start " + words(daemon);
            case SyncCommand.Stop(var daemon) -> "stop " + words(daemon);
        };
    }

    private static String words(IpvsDaemon daemon) {
        return "%s on %s, id %d"
                .formatted(
                        daemon.role().name().toLowerCase(Locale.ROOT),
                        daemon.interfaceName(),
                        daemon.syncId());
    }

    @Override
    public MonoTime deadline() {
        return retryAt;
    }

    @Override
    public void onDeadline(MonoTime now) {
        work(now);
    }
}
