package holdfast.daemon;

import holdfast.balance.BalanceReport;
import holdfast.config.Configuration;
import holdfast.config.ConfigurationLoader;
import holdfast.config.EarlierServices;
import holdfast.config.Loaded;
import holdfast.config.ServiceMarks;
import holdfast.config.SourceBundle;
import holdfast.daemon.host.RealHost;
import holdfast.daemon.notify.Notifier;
import holdfast.linux.EventLoop;
import holdfast.linux.Fd;
import holdfast.linux.Mailbox;
import holdfast.linux.Scheduling;
import holdfast.linux.Signal;
import holdfast.linux.Signals;
import holdfast.report.BalanceDump;
import holdfast.report.BalanceJson;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The thread of the checkers' process that listens to the main process and to signals, and passes
/// on what concerns the role.
final class CheckersOrders implements EventLoop.Ticker {

    /// Until a full mailbox is tried again.
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final OrdersReader orders;
    private final Fd answers;
    private final Mailbox<RoleMessage> role;
    private final Reporter reporter;
    private final Notifier notifier;
    private final Options options;
    private final EarlierServices earlier;
    private SourceBundle source;
    private Configuration configuration;
    private long reloads;

    /// What the role has not been told yet of sessions of BFD.
    private final Map<String, Boolean> sessions = new LinkedHashMap<>();

    private MonoTime tellAt = MonoTime.NEVER;

    /// @param source what was read last
    /// @param configuration what holds now
    /// @param earlier what need not be read again
    CheckersOrders(
            OrdersReader orders,
            Fd answers,
            Mailbox<RoleMessage> role,
            Reporter reporter,
            Notifier notifier,
            Options options,
            SourceBundle source,
            Configuration configuration,
            EarlierServices earlier) {
        this.orders = orders;
        this.answers = answers;
        this.role = role;
        this.reporter = reporter;
        this.notifier = notifier;
        this.options = options;
        this.source = source;
        this.configuration = configuration;
        this.earlier = earlier;
    }

    void start() {
        Thread thread = new Thread(this::listen, "orders");
        thread.setDaemon(true);
        thread.start();
    }

    /// Answers when the role has done all it was told before, and has the memory given back that
    /// reading so much text took: before the first checks.
    void settle(long number, int textBytes) {
        role.send(
                new RoleMessage.Settle(
                        () -> {
                            answer("settled " + number);
                            GivingBack.after(textBytes);
                        }));
    }

    private void listen() {
        try (EventLoop loop = new EventLoop(this);
                Signals signals =
                        Signals.open(Set.of(Signal.TERM, Signal.INT, Signal.USR1, Signal.XCPU))) {
            loop.watch(signals.fd(), _ -> onSignals(signals));
            loop.watch(orders.fd(), _ -> onOrders(loop));
            takeOrders(); // Those that came with the first configuration.
            loop.run();
        } catch (IOException e) {
            reporter.log(Level.ERROR, "No orders can be heard: " + e.getMessage());
            stop();
        }
    }

    private void onSignals(Signals signals) {
        for (var signal = signals.receive(); signal.isPresent(); signal = signals.receive()) {
            if (signal.get().equals(Signal.TERM)) {
                stop();
            } else if (signal.get().equals(Signal.USR1)) {
                dump();
            } else if (signal.get().equals(Signal.XCPU)) {
                reporter.log(Level.WARNING, Threads.TOO_LONG);
            }
        }
    }

    private void onOrders(EventLoop loop) {
        if (!orders.more()) {
            loop.unwatch(orders.fd());
            stop();
            return;
        }
        takeOrders();
    }

    private void takeOrders() {
        try {
            for (var order = orders.next(); order.isPresent(); order = orders.next()) {
                carryOut(order.get());
            }
            tellSessions(EventLoop.clock());
        } catch (IOException e) {
            reporter.log(Level.ERROR, "The main process cannot be understood: " + e.getMessage());
            stop();
        }
    }

    private void carryOut(OrdersReader.Order order) {
        switch (order) {
            case OrdersReader.Order.Configure(var number, var bytes) -> {
                source = SourceBundle.decode(bytes);
                configure(number, bytes.length);
            }
            case OrdersReader.Order.Repeat(var number) -> configure(number, 0);
            case OrdersReader.Order.Dump() -> dump();
            case OrdersReader.Order.DumpJson() -> dumpJson();
            case OrdersReader.Order.SessionIs(var name, boolean up) -> sessions.put(name, up);
            case OrdersReader.Order.Leave() -> role.send(new RoleMessage.Leave());
            case OrdersReader.Order.Stop() -> role.send(new RoleMessage.Stop());
        }
    }

    private void stop() {
        role.send(options.stopping().keepIpvs() ? new RoleMessage.Leave() : new RoleMessage.Stop());
    }

    /// @param textBytes how much came for it
    private void configure(long number, int textBytes) {
        Optional<ServiceMarks> marks = configuration.marks();
        Loaded loaded = ConfigurationLoader.load(source, new RealHost(), marks, earlier);
        Configuration next = loaded.configuration().sharing(configuration);
        CheckersMain.tell(notifier, next);
        configuration = next;
        CheckersMain.nameProcess(next.global(), reporter);
        reloads++;
        save(true);
        role.send(new RoleMessage.RespecifyBalance(next));
        save(false);
        settle(number, textBytes);
    }

    /// Writes the state into the log (`--dump-conf`).
    void dumpToLog() {
        role.send(
                new RoleMessage.BalanceStatus(
                        report -> reporter.log(Level.INFO, BalanceDump.of(report).strip())));
    }

    private void dump() {
        DumpFiles files = DumpFiles.of(configuration.global(), options);
        write(report -> files.data("_check", BalanceDump.of(report)));
    }

    private void dumpJson() {
        DumpFiles files = DumpFiles.of(configuration.global(), options);
        write(report -> files.json("_check", BalanceJson.of(report)));
    }

    /// Keeps the state around a reload, if that is wanted.
    private void save(boolean before) {
        DumpFiles files = DumpFiles.of(configuration.global(), options);
        long number = reloads;
        if (files.saves()) {
            write(
                    report ->
                            files.save(
                                    "check",
                                    Scheduling.pid(),
                                    number,
                                    before,
                                    BalanceDump.of(report)));
        }
    }

    private interface Writing {
        Path write(BalanceReport report) throws IOException;
    }

    private void write(Writing writing) {
        role.send(
                new RoleMessage.BalanceStatus(
                        report -> {
                            try {
                                Path path = writing.write(report);
                                reporter.log(Level.INFO, "Wrote " + path);
                            } catch (IOException e) {
                                reporter.log(Level.ERROR, "No dump: " + e);
                            }
                        }));
    }

    private void answer(String line) {
        answers.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public MonoTime deadline() {
        return tellAt;
    }

    @Override
    public void onDeadline(MonoTime now) {
        tellSessions(now);
    }

    /// Together; while there is no room for the message, later words about a session replace
    /// earlier ones.
    private void tellSessions(MonoTime now) {
        tellAt = MonoTime.NEVER;
        if (sessions.isEmpty()) {
            return;
        }
        if (role.send(new RoleMessage.SessionsAre(sessions))) {
            sessions.clear();
        } else {
            tellAt = now.plus(AGAIN);
        }
    }
}
