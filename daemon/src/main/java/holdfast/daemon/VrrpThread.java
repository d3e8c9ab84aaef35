package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.daemon.SupervisorMessage.Wanted;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.Optional;

/// The thread of the virtual routers, seen from the supervisor.
///
/// A role that failed is started again, for the addresses of a silent master serve nobody.
/// Confined to the supervisor's thread.
final class VrrpThread {

    private static final int MESSAGES_MAX = 64;

    /// Makes the role; a new one for each life.
    interface Maker {
        RoleThread.Role make(Configuration configuration, Mailbox<RoleMessage> inbox)
                throws SyscallException;
    }

    private final Maker maker;
    private final Mailbox<SupervisorMessage> home;
    private final Backoff backoff = new Backoff();
    private Optional<Mailbox<RoleMessage>> inbox = Optional.empty();
    private MonoTime startedAt = MonoTime.NEVER;
    private MonoTime startAt = MonoTime.NEVER;

    VrrpThread(Maker maker, Mailbox<SupervisorMessage> home) {
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
                "vrrp", role, ending -> home.send(new SupervisorMessage.VrrpEnded(ending)));
    }

    void respecify(Configuration next) {
        send(
                new RoleMessage.RespecifyVrrp(
                        next.vrrp(), next.global().syncDaemon(), next.global().firewall()));
    }

    /// Asks for a word when everything sent before was carried out.
    void settle(long number) {
        send(new RoleMessage.VrrpStatus(_ -> home.send(new SupervisorMessage.VrrpSettled(number))));
    }

    /// @param configuration that the routers have by now
    void ask(Wanted wanted, Configuration configuration) {
        send(
                new RoleMessage.VrrpStatus(
                        status ->
                                home.send(
                                        new SupervisorMessage.VrrpIs(
                                                wanted, configuration, status))));
    }

    /// @param keep whether addresses stay in place
    void stop(boolean keep) {
        startAt = MonoTime.NEVER;
        send(keep ? new RoleMessage.Leave() : new RoleMessage.Stop());
    }

    private void send(RoleMessage message) {
        inbox.ifPresent(box -> box.send(message));
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
