package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.config.HouseSpec.BufferSpec;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.daemon.notify.Notifier;
import holdfast.daemon.vrrp.VrrpRole;
import holdfast.daemon.watch.ProcessBuffer;
import holdfast.linux.Mailbox;
import holdfast.linux.Scheduling;
import java.nio.file.Path;
import java.util.Optional;

/// Makes the role of the virtual routers.
final class VrrpMaker implements ThreadRole.Maker {

    private static final Path NOTES = PidPlan.RUN.resolve("holdfast");

    static final String IDENT = "Keepalived_vrrp";

    private final Reporter reporter;

    VrrpMaker(Journal journal, Notifier notifier) {
        this.reporter = new RoleReporter(IDENT, journal, notifier);
    }

    /// What the role's surroundings are like.
    static VrrpRole.Options surroundings(Configuration configuration) {
        String suffix = configuration.global().instance().map(name -> "_" + name).orElse("");
        BufferSpec buffers = configuration.global().house().buffers();
        return new VrrpRole.Options(
                Optional.empty(),
                0,
                configuration.global().vrrpProcess(),
                new ProcessBuffer(buffers.processes().orElse(0), buffers.processesForced()),
                configuration.global().house().vrrpBuffers(),
                configuration.global().disableLocalIgmp(),
                IpvsHome.ofMain(configuration.global().namespaces()),
                NOTES.resolve("vrrp" + suffix));
    }

    @Override
    public RoleThread.Role make(Configuration configuration, Mailbox<RoleMessage> inbox) {
        ProcessSpec process = configuration.global().vrrpProcess();
        VrrpRole role =
                new VrrpRole(
                        configuration.vrrp(),
                        configuration.global().syncDaemon(),
                        configuration.global().firewall(),
                        reporter,
                        inbox,
                        surroundings(configuration));
        return () -> {
            Scheduling.nameThread(process.name().orElse("vrrp"));
            RoleThread.schedule(process, reporter);
            role.run();
        };
    }
}
