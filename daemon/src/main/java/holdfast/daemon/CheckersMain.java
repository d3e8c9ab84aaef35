package holdfast.daemon;

import holdfast.balance.BalanceSpec;
import holdfast.config.Configuration;
import holdfast.config.ConfigurationLoader;
import holdfast.config.EarlierServices;
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
        Optional<First> first = await(orders);
        if (first.isEmpty()) {
            return ExitStatuses.OK;
        }
        Optional<String> instance = first.get().global().instance();
        try (Journal journal = Journals.start(options, "_healthcheckers", instance);
                Notifier notifier = Notifier.start(journal, IDENT)) {
            GlobalSpec global = first.get().global();
            if (options.umask().isEmpty()) {
                global.house().umask().ifPresent(Permissions::umask);
            }
            tell(notifier, first.get().configuration());
            RoleReporter reporter = new RoleReporter(IDENT, journal, notifier);
            nameProcess(global, reporter);
            RoleThread.schedule(global.checkerProcess(), reporter);
            Mailbox<RoleMessage> inbox = new Mailbox<>(MESSAGES_MAX);
            CheckersOrders reader =
                    new CheckersOrders(
                            orders,
                            Fd.inherited(CheckersProcess.ANSWERS_FD),
                            inbox,
                            reporter,
                            notifier,
                            options,
                            first.get().source(),
                            first.get().configuration(),
                            first.get().earlier());
            if (options.dumpConfiguration()) {
                reader.dumpToLog();
            }
            reader.settle(first.get().number(), first.get().textBytes());
            reader.start();
            First begin = first.get();
            return statusOf(
                    RoleThread.run(() -> new BalanceRole(begin.take(), reporter, inbox).run()),
                    reporter);
        }
    }

    /// Waits for the first configuration; empty if there comes none.
    private static Optional<First> await(OrdersReader orders) throws IOException {
        if (!(orders.await() instanceof OrdersReader.Order.Configure(var number, var bytes))) {
            return Optional.empty();
        }
        EarlierServices earlier = new EarlierServices();
        Loaded loaded =
                ConfigurationLoader.load(
                        SourceBundle.decode(bytes), new RealHost(), Optional.empty(), earlier);
        return Optional.of(new First(number, bytes.length, loaded, earlier));
    }

    /// What to start with. Who starts takes it, since whoever has it in a variable keeps all the
    /// servers as long as the process runs, and there may be others by then.
    private static final class First {

        private final long number;
        private final int textBytes;
        private final GlobalSpec global;
        private final EarlierServices earlier;
        private Optional<Loaded> loaded;

        First(long number, int textBytes, Loaded loaded, EarlierServices earlier) {
            this.number = number;
            this.textBytes = textBytes;
            this.global = loaded.configuration().global();
            this.earlier = earlier;
            this.loaded = Optional.of(loaded);
        }

        long number() {
            return number;
        }

        int textBytes() {
            return textBytes;
        }

        GlobalSpec global() {
            return global;
        }

        /// What every later reading is to know of this one.
        EarlierServices earlier() {
            return earlier;
        }

        Configuration configuration() {
            return loaded.orElseThrow().configuration();
        }

        SourceBundle source() {
            return loaded.orElseThrow().source();
        }

        Configuration take() {
            Configuration taken = configuration();
            loaded = Optional.empty();
            return taken;
        }
    }

    /// Tells whoever notifies. Who sends no mails need not know all the servers.
    static void tell(Notifier notifier, Configuration configuration) {
        GlobalSpec global = configuration.global();
        BalanceSpec mailed =
                global.mail().isPresent() ? configuration.balance() : BalanceSpec.EMPTY;
        notifier.tell(new NotifyMessage.ExpectServices(mailed));
        notifier.tell(new NotifyMessage.Mailing(global));
        notifier.tell(new NotifyMessage.Pipes(PipePlan.ofCheckers(configuration)));
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
