package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.daemon.bfd.BfdRole;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.linux.Mailbox;
import holdfast.linux.Scheduling;
import holdfast.linux.SyscallException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

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
        ProcessSpec process = configuration.global().bfdProcess();
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
            role.run();
        };
    }

    /// Discriminators are what protects sessions from packets of strangers.
    private static long chance() {
        byte[] seed = new byte[Long.BYTES];
        new SecureRandom().nextBytes(seed);
        return ByteBuffer.wrap(seed).getLong();
    }
}
