package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.GlobalSpec;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.daemon.bfd.BfdRole;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.linux.Mailbox;
import holdfast.linux.Scheduling;
import holdfast.linux.SyscallException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/// Makes the role of the sessions of BFD.
final class BfdMaker implements ThreadRole.Maker {

    static final String IDENT = "Keepalived_bfd";

    private final Reporter reporter;
    private final Mailbox<SupervisorMessage> home;

    /// @param home takes what the checkers are to know
    BfdMaker(Journal journal, Notifier notifier, Mailbox<SupervisorMessage> home) {
        this.reporter = new RoleReporter(IDENT, journal, notifier);
        this.home = home;
    }

    @Override
    public RoleThread.Role make(Configuration configuration, Mailbox<RoleMessage> inbox)
            throws SyscallException {
        ProcessSpec process = process(configuration.global());
        BfdRole role =
                new BfdRole(
                        configuration.bfd(),
                        process,
                        reporter,
                        inbox,
                        verdicts -> home.send(new SupervisorMessage.SessionsAre(verdicts)),
                        configuration.global().house().seed().orElseGet(BfdMaker::chance));
        return () -> {
            Scheduling.nameThread(process.name().orElse("bfd"));
            Scheduling.standApart();
            try {
                RoleThread.schedule(process, reporter);
                role.run();
            } finally {
                Scheduling.rejoin();
            }
        };
    }

    /// How urgent the sessions are: what is not said of them is as for the routers, which share the
    /// process.
    static ProcessSpec process(GlobalSpec global) {
        ProcessSpec own = global.bfdProcess();
        ProcessSpec routers = global.vrrpProcess();
        Optional<Long> limit = own.realTimeMicros().or(routers::realTimeMicros);
        return new ProcessSpec(
                own.name(),
                own.nice() == 0 ? routers.nice() : own.nice(),
                own.realTimePriority().or(routers::realTimePriority),
                own.noSwap(),
                own.cpus().isEmpty() ? routers.cpus() : own.cpus(),
                limit.map(micros -> Math.max(micros, routers.realTimeMicros().orElse(0L))),
                own.urgency());
    }

    /// Discriminators are what protects sessions from packets of strangers.
    private static long chance() {
        byte[] seed = new byte[Long.BYTES];
        new SecureRandom().nextBytes(seed);
        return ByteBuffer.wrap(seed).getLong();
    }
}
