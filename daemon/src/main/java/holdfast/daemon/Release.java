package holdfast.daemon;

import holdfast.balance.BalanceEffect;
import holdfast.bfd.BfdEffect;
import holdfast.config.Configuration;
import holdfast.daemon.SupervisorMessage.Ending;
import holdfast.daemon.balance.BalanceRole;
import holdfast.daemon.vrrp.VrrpRole;
import holdfast.linux.Mailbox;
import holdfast.linux.Namespaces;
import holdfast.vrrp.VrrpEffect;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/// `holdfast release`: withdraws from the kernel what a killed daemon left there.
///
/// A role clears away such things when it starts, and its own when it stops. So each role is
/// started with the order to stop already in its hands; nobody is notified.
final class Release {

    private Release() {}

    /// @return what to exit with
    static int run(Options options, PrintStream console) throws IOException {
        if (options.namespace().isPresent()) {
            Namespaces.enterNetwork(Namespaces.named(options.namespace().get()));
        }
        ConfigSource.Outcome outcome = ConfigSource.of(options).read();
        Optional<String> other = outcome.loaded().configuration().global().namespaces().network();
        if (options.namespace().isEmpty() && other.isPresent()) {
            return run(options.in(other.get(), false), console);
        }
        if (!outcome.found()) {
            console.println("Cannot read the configuration file " + options.configFile());
            return ExitStatuses.NO_CONFIGURATION;
        }
        Configuration configuration = outcome.loaded().configuration();
        Optional<PidFiles> claimed = PidFiles.claim(PidPlan.of(options, configuration.global()));
        if (claimed.isEmpty()) {
            console.println("The daemon runs: nothing is released. Stop it instead");
            return ExitStatuses.FATAL;
        }
        try (PidFiles _ = claimed.get()) {
            Reporter reporter = new ConsoleReporter(console);
            int status = ExitStatuses.OK;
            if (ReloadPlan.wantsVrrp(configuration, options)) {
                status = release(inbox -> vrrp(configuration, reporter, inbox), reporter);
            }
            if (status == ExitStatuses.OK && ReloadPlan.wantsCheckers(configuration, options)) {
                status =
                        release(
                                inbox -> new BalanceRole(configuration, reporter, inbox).run(),
                                reporter);
            }
            return status;
        }
    }

    /// A role's life, given its orders.
    interface Life {
        void run(Mailbox<RoleMessage> inbox) throws IOException;
    }

    private static void vrrp(
            Configuration configuration, Reporter reporter, Mailbox<RoleMessage> inbox)
            throws IOException {
        new VrrpRole(
                        configuration.vrrp(),
                        configuration.global().syncDaemon(),
                        configuration.global().firewall(),
                        reporter,
                        inbox,
                        VrrpMaker.surroundings(configuration))
                .run();
    }

    private static int release(Life life, Reporter reporter) throws IOException {
        try (Mailbox<RoleMessage> inbox = new Mailbox<>(1)) {
            inbox.send(new RoleMessage.Stop());
            Ending ending = RoleThread.run(() -> life.run(inbox));
            return CheckersMain.statusOf(ending, reporter);
        }
    }

    /// Says what went wrong, and leaves out what roles usually tell.
    private record ConsoleReporter(PrintStream console) implements Reporter {

        @Override
        public void vrrp(VrrpEffect fact) {}

        @Override
        public void bfd(BfdEffect fact) {}

        @Override
        public void balance(BalanceEffect fact) {}

        @Override
        public void log(Level level, String line) {
            if (level == Level.ERROR || level == Level.WARNING) {
                console.println(line);
            }
        }
    }
}
