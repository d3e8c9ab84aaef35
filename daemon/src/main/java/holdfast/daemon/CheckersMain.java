package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.ConfigurationLoader;
import holdfast.config.GlobalSpec;
import holdfast.config.Loaded;
import holdfast.config.SourceBundle;
import holdfast.daemon.CommandLine.Parsed;
import holdfast.daemon.SupervisorMessage.Ending;
import holdfast.daemon.balance.BalanceRole;
import holdfast.daemon.host.RealHost;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.daemon.notify.NotifyMessage;
import holdfast.linux.Fd;
import holdfast.linux.Mailbox;
import holdfast.linux.Namespaces;
import holdfast.linux.Permissions;
import holdfast.linux.Scheduling;
import holdfast.linux.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The process of the checkers: its configuration comes through a pipe from the main process, and
/// it lives no longer than that one.
final class CheckersMain {

    /// The hidden first words by which the main process starts this one.
    static final String ROLE = "--role=checkers";

    static final String PARENT = "--parent=";

    static final String IDENT = "Keepalived_healthcheckers";

    private static final int MESSAGES_MAX = 64;

    private CheckersMain() {}

    /// @param words behind the hidden first one
    /// @return what to exit with
    static int run(List<String> words) throws IOException {
        int parent = Integer.parseInt(words.getFirst().substring(PARENT.length()));
        Parsed parsed = CommandLine.parse(words.subList(1, words.size()));
        if (!(parsed instanceof Parsed.Run(var options))
                || !Scheduling.endWithParent(parent, Signal.TERM)) {
            return ExitStatuses.FATAL;
        }
        Permissions.umask(options.umask().orElse(0177));
        if (options.namespace().isPresent()) {
            Namespaces.enterNetwork(Namespaces.named(options.namespace().get()));
        }
        OrdersReader orders = new OrdersReader(Fd.inherited(CheckersProcess.ORDERS_FD));
        OrdersReader.Order first = orders.await();
        if (!(first instanceof OrdersReader.Order.Configure(var number, var bytes))) {
            return ExitStatuses.OK;
        }
        Loaded loaded = ConfigurationLoader.load(SourceBundle.decode(bytes), new RealHost());
        Optional<String> instance = loaded.configuration().global().instance();
        try (Journal journal = Journals.start(options, "_healthcheckers", instance);
                Notifier notifier = Notifier.start(journal, IDENT)) {
            Configuration configuration = loaded.configuration();
            if (options.umask().isEmpty()) {
                configuration.global().house().umask().ifPresent(Permissions::umask);
            }
            notifier.tell(new NotifyMessage.ExpectServices(configuration.balance()));
            notifier.tell(new NotifyMessage.Mailing(configuration.global()));
            notifier.tell(new NotifyMessage.Pipes(PipePlan.ofCheckers(configuration)));
            RoleReporter reporter = new RoleReporter(IDENT, journal, notifier);
            nameProcess(configuration.global(), reporter);
            RoleThread.schedule(configuration.global().checkerProcess(), reporter);
            Mailbox<RoleMessage> inbox = new Mailbox<>(MESSAGES_MAX);
            CheckersOrders reader =
                    new CheckersOrders(
                            orders,
                            Fd.inherited(CheckersProcess.ANSWERS_FD),
                            inbox,
                            reporter,
                            notifier,
                            options,
                            configuration);
            if (options.dumpConfiguration()) {
                reader.dumpToLog();
            }
            reader.settle(number);
            reader.start();
            Release.Life life = role(configuration, reporter);
            return statusOf(RoleThread.run(() -> life.run(inbox)), reporter);
        }
    }

    /// As the main process, unless it has a name of its own.
    static void nameProcess(GlobalSpec global, Reporter reporter) {
        try {
            Scheduling.nameProcess(
                    global.checkerProcess()
                            .name()
                            .or(global::processName)
                            .orElse(Supervisor.USUAL_NAME));
        } catch (IOException e) {
            reporter.log(Level.WARNING, "Cannot name the process: " + e.getMessage());
        }
    }

    /// The role of the virtual servers.
    static Release.Life role(Configuration configuration, Reporter reporter) {
        return inbox -> new BalanceRole(configuration, reporter, inbox).run();
    }

    static int statusOf(Ending ending, Reporter reporter) {
        int status =
                switch (ending) {
                    case Ending.Done() -> ExitStatuses.OK;
                    case Ending.Refused(_, var permission) ->
                            permission ? ExitStatuses.PERMISSION : ExitStatuses.FATAL;
                    case Ending.Broken _ -> ExitStatuses.BROKEN;
                };
        if (status != ExitStatuses.OK) {
            reporter.log(Level.ERROR, "Cannot go on: " + ending.reason());
        }
        return status;
    }
}
