package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.Optional;

/// A role that is a thread of this process, seen from the supervisor.
///
/// One that failed is started again, for the addresses of a silent master serve nobody. Confined
/// to the supervisor's thread.
final class ThreadRole {

    private static final int MESSAGES_MAX = 64;

    /// Makes the role; a new one for each life.
    interface Maker {
        RoleThread.Role make(Configuration configuration, Mailbox<RoleMessage> inbox)
                throws SyscallException;
    }

    private final RoleName name;
    private final String threadName;
    private final Maker maker;
    private final Mailbox<SupervisorMessage> home;
    private final Backoff backoff = new Backoff();
    private Optional<Mailbox<RoleMessage>> inbox = Optional.empty();
    private MonoTime startedAt = MonoTime.NEVER;
    private MonoTime startAt = MonoTime.NEVER;

    ThreadRole(RoleName name, String threadName, Maker maker, Mailbox<SupervisorMessage> home) {
        this.name = name;
        this.threadName = threadName;
        this.maker = maker;
        this.home = home;
    }

    boolean isRunning() {
        return inbox.isPresent();
    }

    void start(MonoTime now, Configuration configuration) throws SyscallException {
        Mailbox<RoleMessage> box = new Mailbox<>(MESSAGES_MAX);
        RoleThread.Role role = maker.make(configuration, box);
        inbox = Optional.of(box);
        startedAt = now;
        startAt = MonoTime.NEVER;
        RoleThread.start(
                threadName, role, ending -> home.send(new SupervisorMessage.Ended(name, ending)));
    }

    /// Where it gets its messages, while it runs.
    Optional<Mailbox<RoleMessage>> inbox() {
        return inbox;
    }

    void send(RoleMessage message) {
        inbox.ifPresent(box -> box.send(message));
    }

    /// Asks for a word when everything sent before was carried out.
    void settle(long number) {
        send(new RoleMessage.Settle(() -> home.send(new SupervisorMessage.Settled(name, number))));
    }

    /// Asks it to end; it is not started again.
    void stop(RoleMessage how) {
        startAt = MonoTime.NEVER;
        send(how);
    }

    /// Forgets a role that has ended.
    ///
    /// @param again whether it shall be started again
    /// @return until it is
    Optional<Duration> ended(MonoTime now, boolean again) {
        inbox.ifPresent(Mailbox::close);
        inbox = Optional.empty();
        if (!again) {
            return Optional.empty();
        }
        Duration wait = backoff.after(now.since(startedAt));
        startAt = now.plus(wait);
        return Optional.of(wait);
    }

    /// When [#start] is due again.
    MonoTime deadline() {
        return startAt;
    }
}
