package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.linux.Mailbox;

/// Makes the role of the virtual routers for [VrrpThread].
final class VrrpMaker implements VrrpThread.Maker {

    static final String IDENT = "Keepalived_vrrp";

    private final Options options;
    private final Reporter reporter;

    VrrpMaker(Options options, Journal journal, Notifier notifier) {
        this.options = options;
        this.reporter = new RoleReporter(IDENT, journal, notifier);
    }

    @Override
    public RoleThread.Role make(Configuration configuration, Mailbox<RoleMessage> inbox) {
        assert options.vrrp();
        return () -> {
            RoleThread.schedule(configuration.global().vrrpProcess(), reporter);
            new IdleRole(inbox).run();
        };
    }
}
