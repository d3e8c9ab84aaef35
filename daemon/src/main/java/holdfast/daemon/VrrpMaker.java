package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.config.HouseSpec.BufferSpec;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.daemon.vrrp.VrrpRole;
import holdfast.daemon.watch.ProcessBuffer;
import holdfast.linux.Mailbox;
import holdfast.linux.Scheduling;
import java.util.Optional;

/// Makes the role of the virtual routers for [VrrpThread].
final class VrrpMaker implements VrrpThread.Maker {

    static final String IDENT = "Keepalived_vrrp";

    private final Reporter reporter;

    VrrpMaker(Journal journal, Notifier notifier) {
        this.reporter = new RoleReporter(IDENT, journal, notifier);
    }

    @Override
    public RoleThread.Role make(Configuration configuration, Mailbox<RoleMessage> inbox) {
        ProcessSpec process = configuration.global().vrrpProcess();
        BufferSpec buffers = configuration.global().house().buffers();
        ProcessBuffer processBuffer =
                new ProcessBuffer(buffers.processes().orElse(0), buffers.processesForced());
        VrrpRole role =
                new VrrpRole(
                        configuration.vrrp(),
                        configuration.global().syncDaemon(),
                        configuration.global().firewall(),
                        reporter,
                        inbox,
                        new VrrpRole.Options(
                                Optional.empty(),
                                0,
                                process,
                                processBuffer,
                                configuration.global().house().vrrpBuffers()));
        return () -> {
            Scheduling.nameThread(process.name().orElse("vrrp"));
            RoleThread.schedule(process, reporter);
            role.run();
        };
    }
}
