package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.daemon.SupervisorMessage.Wanted;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The roles that are threads of this process: the virtual routers and the sessions of BFD, which
/// tell the routers how they are without a way round the supervisor.
///
/// Confined to the supervisor's thread.
final class MainRoles {

    private final Options options;
    private final Mailbox<SupervisorMessage> home;
    private final ThreadRole vrrp;
    private final ThreadRole bfd;

    MainRoles(
            Options options, Journal journal, Notifier notifier, Mailbox<SupervisorMessage> home) {
        this.options = options;
        this.home = home;
        this.vrrp = new ThreadRole(RoleName.VRRP, "vrrp", new VrrpMaker(journal, notifier), home);
        this.bfd = new ThreadRole(RoleName.BFD, "bfd", new BfdMaker(journal, notifier, home), home);
    }

    boolean isRunning() {
        return vrrp.isRunning() || bfd.isRunning();
    }

    boolean hasRouters() {
        return vrrp.isRunning();
    }

    /// Starts those roles that the configuration has work for, and tells those that run already.
    ///
    /// @return who has something to do now
    Set<RoleName> follow(MonoTime now, Configuration next) throws SyscallException {
        Set<RoleName> busy = EnumSet.noneOf(RoleName.class);
        if (vrrp.isRunning()) {
            vrrp.send(
                    new RoleMessage.RespecifyVrrp(
                            next.vrrp(), next.global().syncDaemon(), next.global().firewall()));
            busy.add(RoleName.VRRP);
        }
        // Routers come first: sessions that are no more are told as being down, to nobody.
        if (bfd.isRunning()) {
            bfd.send(new RoleMessage.RespecifyBfd(next.bfd()));
            busy.add(RoleName.BFD);
        }
        if (!bfd.isRunning() && ReloadPlan.wantsBfd(next, options)) {
            start(now, RoleName.BFD, next);
            busy.add(RoleName.BFD);
        }
        if (!vrrp.isRunning() && ReloadPlan.wantsVrrp(next, options)) {
            start(now, RoleName.VRRP, next);
            busy.add(RoleName.VRRP);
        }
        return busy;
    }

    private void start(MonoTime now, RoleName name, Configuration configuration)
            throws SyscallException {
        role(name).start(now, configuration);
        bfd.send(new RoleMessage.TellRouters(vrrp.inbox()));
    }

    private ThreadRole role(RoleName name) {
        return switch (name) {
            case VRRP -> vrrp;
            case BFD -> bfd;
            case CHECKERS -> throw new IllegalArgumentException("not a thread: " + name);
        };
    }

    /// Asks for a word from each when everything sent before was carried out.
    void settle(long number) {
        vrrp.settle(number);
        bfd.settle(number);
    }

    /// @param configuration that the roles have by now
    void ask(Wanted wanted, Configuration configuration) {
        vrrp.send(
                new RoleMessage.VrrpStatus(
                        status ->
                                home.send(
                                        new SupervisorMessage.VrrpIs(
                                                wanted, configuration, status))));
        boolean ofSessions =
                wanted == Wanted.DATA
                        || wanted == Wanted.BEFORE_RELOAD
                        || wanted == Wanted.AFTER_RELOAD
                        || wanted == Wanted.LOG_LINES;
        if (ofSessions) {
            bfd.send(
                    new RoleMessage.BfdIs(
                            status ->
                                    home.send(
                                            new SupervisorMessage.BfdIs(
                                                    wanted, configuration, status))));
        }
    }

    /// @param keep whether addresses stay in place
    void stop(boolean keep) {
        vrrp.stop(keep ? new RoleMessage.Leave() : new RoleMessage.Stop());
        bfd.stop(new RoleMessage.Stop());
    }

    /// Forgets a role that has ended.
    ///
    /// @param again whether it shall be started again
    /// @return until it is
    Optional<Duration> ended(MonoTime now, RoleName name, boolean again) {
        Optional<Duration> wait = role(name).ended(now, again);
        bfd.send(new RoleMessage.TellRouters(vrrp.inbox()));
        return wait;
    }

    /// When a role is due to be started again.
    MonoTime deadline() {
        return vrrp.deadline().isAfter(bfd.deadline()) ? bfd.deadline() : vrrp.deadline();
    }

    void onDeadline(MonoTime now, Configuration configuration) throws SyscallException {
        if (!vrrp.deadline().isAfter(now)) {
            start(now, RoleName.VRRP, configuration);
        }
        if (!bfd.deadline().isAfter(now)) {
            start(now, RoleName.BFD, configuration);
        }
    }
}
