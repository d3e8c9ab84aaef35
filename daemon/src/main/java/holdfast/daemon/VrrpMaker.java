package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.daemon.vrrp.VrrpRole;
import holdfast.linux.Mailbox;

/// Makes the role of the virtual routers for [VrrpThread].
final class VrrpMaker implements VrrpThread.Maker {

    static final String IDENT = "Keepalived_vrrp";

    private final Reporter reporter;

    VrrpMaker(Journal journal, Notifier notifier) {
        this.reporter = new RoleReporter(IDENT, journal, notifier);
    }

    @Override
    public RoleThread.Role make(Configuration configuration, Mailbox<RoleMessage> inbox) {
        VrrpRole role =
                new VrrpRole(
                        configuration.vrrp(),
                        configuration.global().syncDaemon(),
                        reporter,
                        inbox,
                        VrrpRole.Options.DEFAULT);
        return () -> {
            RoleThread.schedule(configuration.global().vrrpProcess(), reporter);
            role.run();
        };
    }
}
