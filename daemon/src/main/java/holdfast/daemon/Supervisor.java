package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.Diagnostic;
import holdfast.config.Loaded;
import holdfast.config.SourceBundle;
import holdfast.daemon.SupervisorMessage.Ending;
import holdfast.daemon.SupervisorMessage.Wanted;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.daemon.notify.NotifyMessage;
import holdfast.linux.ChildProcess.Exit;
import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.Scheduling;
import holdfast.linux.Signal;
import holdfast.linux.Signals;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The main thread: reads signals and the configuration, and keeps the roles running as it says.
///
/// Confined to one thread. The roles are told by messages and answer by messages.
final class Supervisor implements EventLoop.Ticker, CheckersProcess.Listener {

    static final String IDENT = "Keepalived";

    /// What ps(1) shows unless `process_name` says otherwise.
    static final String USUAL_NAME = "holdfast";

    private static final int EINVAL = 22;
    private static final int EPERM = 1;

    private final Options options;
    private final ConfigSource source;
    private final Journal journal;
    private final Notifier notifier;
    private final ServiceManager manager;
    private final Voice voice;
    private final PidFiles pidFiles;
    private final Mailbox<SupervisorMessage> inbox;
    private final EventLoop loop;
    private final MainRoles roles;
    private final CheckersProcess checkers;
    private final StatusWriter statusWriter;
    private final Reloading reloading;

    private Configuration configuration;

    /// The text to start with, until then.
    private Optional<SourceBundle> first;
    private Optional<Settling> settling = Optional.empty();
    private long orders;
    private boolean reloadQueued;
    private boolean stopping;
    private MonoTime giveUpAt = MonoTime.NEVER;
    private int exitStatus = ExitStatuses.OK;

    Supervisor(
            Options options,
            List<String> arguments,
            ConfigSource source,
            ConfigSource.Outcome outcome,
            Journal journal,
            Notifier notifier,
            ServiceManager manager,
            Voice voice,
            PidFiles pidFiles)
            throws SyscallException {
        this.options = options;
        this.source = source;
        Loaded loaded = outcome.take();
        this.configuration = loaded.configuration();
        this.first = Optional.of(loaded.source());
        this.journal = journal;
        this.notifier = notifier;
        this.manager = manager;
        this.voice = voice;
        this.pidFiles = pidFiles;
        this.inbox = new Mailbox<>(256);
        this.loop = new EventLoop(this);
        this.roles = new MainRoles(options, journal, notifier, inbox);
        this.checkers =
                new CheckersProcess(loop, arguments, options.namespace(), options.respawn(), this);
        this.statusWriter = new StatusWriter(options, line -> log(Level.INFO, line));
        this.reloading = new Reloading(loop, options, journal);
    }

    /// Runs the daemon until it is told to stop.
    ///
    /// @return what to exit with
    int run() throws IOException {
        try (Signals signals = Signals.open(DaemonSignals.ALL);
                loop;
                reloading) {
            loop.watch(signals.fd(), now -> onSignals(now, signals));
            loop.watch(inbox.fd(), this::onMail);
            Optional<AddressMonitor> monitor =
                    options.monitorsAddresses()
                            ? Optional.of(AddressMonitor.start(loop, this::log))
                            : Optional.empty();
            start(EventLoop.clock());
            loop.run();
            monitor.ifPresent(AddressMonitor::close);
        }
        inbox.close();
        return exitStatus;
    }

    private void start(MonoTime now) throws SyscallException {
        nameProcess();
        reloading.begin(configuration);
        InitFiles.write(configuration.vrrp().watching().files(), this::log);
        notifier.tell(new NotifyMessage.Expect(configuration.vrrp()));
        notifier.tell(new NotifyMessage.Mailing(configuration.global()));
        notifier.tell(new NotifyMessage.Pipes(PipePlan.ofMain(configuration, options)));
        Optional<SourceBundle> text =
                first.filter(_ -> ReloadPlan.wantsCheckers(configuration, options));
        first = Optional.empty();
        GivingBack.after(text.map(checkers::prepare).orElse(0));
        Set<RoleName> busy = roles.follow(now, configuration);
        if (busy.isEmpty() && text.isEmpty()) {
            log(Level.WARNING, "Nothing to do: no virtual router and no virtual server");
        }
        settle(now, Settling.Kind.START, busy, text);
    }

    private void onSignals(MonoTime now, Signals signals) {
        for (var signal = signals.receive(); signal.isPresent(); signal = signals.receive()) {
            onSignal(now, signal.get());
        }
    }

    private void onSignal(MonoTime now, Signal signal) {
        if (signal.equals(Signal.TERM)) {
            stop(now, ExitStatuses.OK);
        } else if (signal.equals(Signal.INT)) {
            if (!options.ignoreInterrupt()) {
                stop(now, ExitStatuses.OK);
            }
        } else if (signal.equals(Signal.HUP)) {
            reload(now);
        } else if (signal.equals(Signal.USR1)) {
            roles.ask(Wanted.DATA, configuration);
            checkers.dump();
            write(() -> Optional.of(statusWriter.parent(configuration)));
        } else if (signal.equals(Signal.USR2)) {
            roles.ask(Wanted.STATISTICS, configuration);
        } else if (signal.equals(DaemonSignals.STATISTICS_AND_CLEAR)) {
            roles.ask(Wanted.STATISTICS_AND_CLEAR, configuration);
        } else if (signal.equals(DaemonSignals.JSON)) {
            roles.ask(Wanted.JSON, configuration);
            checkers.dumpJson();
        } else if (signal.equals(DaemonSignals.THREADS)) {
            Threads.dump().forEach(line -> log(Level.INFO, line));
        } else if (signal.equals(Signal.XCPU)) {
            log(Level.WARNING, Threads.TOO_LONG);
        }
    }

    /// Reads the configuration again; another request waits until this one is over.
    private void reload(MonoTime now) {
        if (stopping) {
            return;
        }
        if (settling.isPresent()) {
            reloadQueued = true;
            return;
        }
        log(Level.NOTICE, "Reloading");
        manager.reloading(now.nanos() / 1000);
        reloading.begin(configuration);
        ConfigSource.Outcome outcome = source.survey();
        outcome.loaded().diagnostics().forEach(this::log);
        ReloadPlan plan =
                ReloadPlan.of(
                        configuration,
                        outcome.loaded(),
                        outcome.found(),
                        options,
                        checkers.isWanted());
        Optional<String> failed = reloading.trial(configuration, outcome.loaded());
        switch (plan.unless(failed)) {
            case ReloadPlan.Refuse(var reasons) -> refuse(now, reasons);
            case ReloadPlan.Accept accepted -> accept(now, accepted, outcome.loaded().source());
        }
    }

    private void refuse(MonoTime now, List<String> reasons) {
        reasons.forEach(reason -> log(Level.ERROR, "Reload refused: " + reason));
        log(Level.WARNING, "The configuration before it stays in force");
        reloading.end(now, configuration);
        manager.ready(
                Scheduling.pid(), "Reload refused, configuration unchanged: " + reasons.getFirst());
    }

    private void accept(MonoTime now, ReloadPlan.Accept accepted, SourceBundle text) {
        boolean saves = statusWriter.countReload(accepted.next());
        if (saves) {
            roles.ask(Wanted.BEFORE_RELOAD, configuration);
        }
        configuration = accepted.next();
        nameProcess();
        notifier.tell(new NotifyMessage.Expect(configuration.vrrp()));
        notifier.tell(new NotifyMessage.Mailing(configuration.global()));
        notifier.tell(new NotifyMessage.Pipes(PipePlan.ofMain(configuration, options)));
        Set<RoleName> busy = EnumSet.noneOf(RoleName.class);
        try {
            busy.addAll(roles.follow(now, configuration));
        } catch (SyscallException e) {
            fail(now, ExitStatuses.FATAL, "Cannot start a role: " + e.getMessage());
        }
        if (saves) {
            roles.ask(Wanted.AFTER_RELOAD, configuration);
        }
        if (accepted.checkers() == ReloadPlan.Checkers.STOP) {
            log(Level.NOTICE, "No virtual server is left: the checkers stop");
            checkers.stop(false);
        }
        Optional<SourceBundle> services =
                switch (accepted.checkers()) {
                    case STAY_AWAY, STOP -> Optional.empty();
                    case START, RESPECIFY -> Optional.of(text);
                };
        settle(now, Settling.Kind.RELOAD, busy, services);
    }

    /// Waits until all who have new orders have carried them out.
    ///
    /// @param busy those in this process, which have them already
    /// @param services the text for the checkers, if they are to have it
    private void settle(
            MonoTime now, Settling.Kind kind, Set<RoleName> busy, Optional<SourceBundle> services) {
        Set<RoleName> pending = EnumSet.noneOf(RoleName.class);
        pending.addAll(busy);
        orders++;
        if (services.isPresent()) {
            pending.add(RoleName.CHECKERS);
        }
        settling = Optional.of(new Settling(kind, orders, pending, now.plus(Settling.LONGEST)));
        roles.settle(orders);
        if (services.isPresent()) {
            checkers.respecify(now, services.get(), orders);
        }
        finishIfSettled(now);
    }

    private void finishIfSettled(MonoTime now) {
        if (settling.isEmpty() || !settling.get().isDone() || stopping) {
            return;
        }
        boolean start = settling.get().kind() == Settling.Kind.START;
        settling = Optional.empty();
        reloading.end(now, configuration);
        log(Level.INFO, start ? "Startup complete" : "Reload complete");
        manager.ready(Scheduling.pid(), summary());
        if (start && options.dumpConfiguration()) {
            dumpConfiguration();
        }
        if (start) {
            voice.up();
        } else if (configuration.global().house().reload().tellsStates()) {
            notifier.tell(new NotifyMessage.TellStates(configuration.vrrp()));
        }
        if (reloadQueued) {
            reloadQueued = false;
            reload(now);
        }
    }

    private void dumpConfiguration() {
        if (roles.hasRouters()) {
            roles.ask(Wanted.LOG_LINES, configuration);
        } else {
            log(Level.INFO, GlobalDump.of(configuration.global()).strip());
        }
    }

    private String summary() {
        return "Virtual routers: "
                + (roles.hasRouters() ? configuration.vrrp().instances().size() : 0)
                + ", virtual servers: "
                + (checkers.isWanted() ? configuration.services() : 0);
    }

    private void onMail(MonoTime now) {
        for (var message = inbox.receive(); message.isPresent(); message = inbox.receive()) {
            switch (message.get()) {
                case SupervisorMessage.Settled(var role, var number) -> {
                    settling = settling.map(open -> open.done(role, number));
                    finishIfSettled(now);
                }
                case SupervisorMessage.Ended(var role, var ending) -> onEnded(now, role, ending);
                case SupervisorMessage.VrrpIs(var wanted, var then, var status) ->
                        write(() -> statusWriter.vrrp(wanted, then, status));
                case SupervisorMessage.BfdIs(var wanted, var then, var status) ->
                        write(() -> statusWriter.bfd(wanted, then, status));
                case SupervisorMessage.SessionsAre(var verdicts) -> checkers.tellSessions(verdicts);
            }
        }
    }

    /// At the start a refusal of the system ends the daemon; later it may pass, and the role tries
    /// again.
    private void onEnded(MonoTime now, RoleName role, Ending ending) {
        boolean started =
                settling.map(Settling::kind).filter(Settling.Kind.START::equals).isEmpty();
        boolean again =
                options.respawn()
                        && !stopping
                        && (ending instanceof Ending.Broken
                                || (ending instanceof Ending.Refused && started));
        Optional<Duration> restart = roles.ended(now, role, again);
        if (stopping) {
            endIfAlone();
            return;
        }
        int status =
                switch (ending) {
                    case Ending.Done() -> ExitStatuses.BROKEN;
                    case Ending.Refused(_, var permission) ->
                            permission ? ExitStatuses.PERMISSION : ExitStatuses.FATAL;
                    case Ending.Broken _ -> ExitStatuses.BROKEN;
                };
        String reason = ending.reason();
        if (restart.isEmpty()) {
            fail(now, status, "The " + role.words() + " cannot go on: " + reason);
        } else {
            log(Level.ERROR, "The " + role.words() + " failed: " + reason);
            log(Level.NOTICE, "They start again in " + restart.get().toSeconds() + " s");
        }
    }

    private void fail(MonoTime now, int status, String reason) {
        log(Level.ERROR, reason);
        voice.say(reason);
        manager.failed(status == ExitStatuses.PERMISSION ? EPERM : EINVAL, reason);
        stop(now, status);
    }

    private void stop(MonoTime now, int status) {
        exitStatus = exitStatus == ExitStatuses.OK ? status : exitStatus;
        if (stopping) {
            return;
        }
        stopping = true;
        giveUpAt = now.plus(configuration.global().house().childWait());
        log(Level.NOTICE, "Stopping");
        manager.stopping();
        roles.stop(options.stopping().keepVrrp());
        checkers.stop(options.stopping().keepIpvs());
        endIfAlone();
    }

    private void endIfAlone() {
        if (stopping && !roles.isRunning() && !checkers.isRunning()) {
            loop.stop();
        }
    }

    @Override
    public void onAnswer(MonoTime now, String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "settled" -> {
                long number = Long.parseLong(words[1]);
                settling = settling.map(open -> open.done(RoleName.CHECKERS, number));
                finishIfSettled(now);
            }
            case "refused" ->
                    log(Level.ERROR, "The checkers refuse the configuration: " + words[2]);
            default -> log(Level.ERROR, "The checkers say what nobody understands: " + line);
        }
    }

    @Override
    public void onStarted(int pid) {
        log(Level.INFO, "Starting the checkers, process " + pid);
        pidFiles.checkers(pid);
    }

    @Override
    public void onEnded(MonoTime now, Exit exit, Optional<Duration> restartIn) {
        pidFiles.checkersGone();
        String how =
                switch (exit) {
                    case Exit.Exited(var status) -> "with status " + status;
                    case Exit.Killed(var signal) -> "by signal " + signal;
                };
        boolean asked = stopping || !checkers.isWanted();
        log(asked ? Level.INFO : Level.ERROR, "The checkers ended " + how);
        if (restartIn.isPresent()) {
            log(Level.NOTICE, "They start again in " + restartIn.get().toSeconds() + " s");
        } else if (!asked) {
            boolean known = exit instanceof Exit.Exited(var status) && ExitStatuses.isFinal(status);
            int status = known && exit instanceof Exit.Exited(var code) ? code : 0;
            fail(now, status, "The checkers are not started again: the daemon ends");
        }
        endIfAlone();
    }

    @Override
    public void onTrouble(String text) {
        log(Level.ERROR, text);
    }

    @Override
    public MonoTime deadline() {
        MonoTime first = earlier(giveUpAt, checkers.deadline());
        first = earlier(first, roles.deadline());
        first = earlier(first, reloading.deadline());
        return earlier(first, settling.map(Settling::giveUpAt).orElse(MonoTime.NEVER));
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    @Override
    public void onDeadline(MonoTime now) {
        if (!giveUpAt.isAfter(now)) {
            log(Level.WARNING, "Not waiting any longer for what does not end");
            checkers.kill();
            loop.stop();
        }
        if (!roles.deadline().isAfter(now)) {
            restart(now);
        }
        checkers.onDeadline(now);
        if (reloading.isDue(now)) {
            reload(now);
        }
        if (settling.isPresent() && !settling.get().giveUpAt().isAfter(now)) {
            log(Level.WARNING, "A role takes long to carry out its orders");
            Settling open = settling.get();
            settling = Optional.of(open.givenUp());
            finishIfSettled(now);
        }
    }

    private void restart(MonoTime now) {
        try {
            roles.onDeadline(now, configuration);
        } catch (SyscallException e) {
            fail(now, ExitStatuses.FATAL, "Cannot start a role: " + e.getMessage());
        }
        roles.settle(orders);
    }

    /// Something that writes a file, and says which.
    private interface Writing {
        Optional<Path> write() throws IOException;
    }

    private void write(Writing writing) {
        try {
            writing.write().ifPresent(path -> log(Level.INFO, "Wrote " + path));
        } catch (IOException e) {
            log(Level.ERROR, "Cannot write what was asked for: " + e);
        }
    }

    private void nameProcess() {
        try {
            Scheduling.nameProcess(configuration.global().processName().orElse(USUAL_NAME));
        } catch (IOException e) {
            log(Level.WARNING, "Cannot name the process: " + e.getMessage());
        }
    }

    private void log(Diagnostic diagnostic) {
        boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
        log(error ? Level.ERROR : Level.WARNING, diagnostic.toString());
    }

    private void log(Level level, String line) {
        journal.log(IDENT, level, line);
    }
}
