package holdfast.daemon.notify;

import holdfast.config.GlobalSpec;
import holdfast.config.GlobalSpec.MailSpec;
import holdfast.daemon.Level;
import holdfast.linux.ChildProcess;
import holdfast.linux.ChildProcess.Exit;
import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.Signal;
import holdfast.linux.SyscallException;
import holdfast.report.Announcement;
import holdfast.report.Audience;
import holdfast.report.BalanceAnnouncements;
import holdfast.report.BalanceMails;
import holdfast.report.VrrpAnnouncements;
import holdfast.report.VrrpMails;
import holdfast.report.mail.MailRules;
import holdfast.script.ScriptSpec;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs scripts: those of one subject one after another, those of different subjects side by side.
///
/// A script that takes longer than [#PATIENCE] is reported, and its successor starts beside it: the
/// news that this host is MASTER must not wait for ever behind older news. Confined to one thread.
final class NotifyLoop implements EventLoop.Ticker {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// At once; a host with many instances would otherwise start hundreds of processes.
    private static final int RUNNING_MAX = 64;

    private static final int WAITING_MAX = 4096;

    /// The kernel ends a process at once, unless it hangs in a call that cannot be interrupted.
    private static final Duration REAPING = Duration.ofMillis(200);

    /// A script to run, and whether it is somebody's last words.
    private record Job(String subject, ScriptSpec script, boolean last) {}

    private record Running(Job job, ChildProcess child, MonoTime overdueAt) {}

    private final Mailbox<NotifyMessage> inbox;
    private final Log log;
    private final EventLoop loop;
    private final Audience audience = new Audience();
    private final NamedPipes pipes;
    private final BalanceMails balanceMails = new BalanceMails();
    private final Postman postman;
    private MailRules mailRules = new MailRules("", false, false);
    private final Launcher launcher = new Launcher();
    private final Map<String, ArrayDeque<Job>> waiting = new LinkedHashMap<>();
    private final List<Running> running = new ArrayList<>();
    private int waitingCount;
    private boolean stopping;
    private MonoTime stopAt = MonoTime.NEVER;

    /// Where complaints go.
    interface Log {
        void line(Level level, String text);
    }

    NotifyLoop(Mailbox<NotifyMessage> inbox, Log log) throws SyscallException {
        this.inbox = inbox;
        this.log = log;
        this.loop = new EventLoop(this);
        this.pipes = new NamedPipes(loop, launcher, log);
        this.postman = new Postman(loop, log, this::startWhatMay);
        loop.watch(inbox.fd(), this::onMail);
    }

    void run() throws SyscallException {
        try (loop) {
            loop.run();
        }
    }

    private void onMail(MonoTime now) {
        for (var message = inbox.receive(); message.isPresent(); message = inbox.receive()) {
            on(now, message.get());
        }
        startWhatMay(now);
    }

    private void on(MonoTime now, NotifyMessage message) {
        switch (message) {
            case NotifyMessage.VrrpFact(var fact) -> {
                audience.hear(fact);
                announce(VrrpAnnouncements.of(fact, audience));
                VrrpMails.of(fact, audience, mailRules).ifPresent(postman::post);
            }
            case NotifyMessage.BalanceFact(var fact) -> {
                announce(BalanceAnnouncements.of(fact));
                balanceMails.of(fact, mailRules).ifPresent(postman::post);
            }
            case NotifyMessage.Expect(var spec) -> audience.expect(spec);
            case NotifyMessage.TellStates(var spec) ->
                    VrrpAnnouncements.states(spec, audience).forEach(pipes::write);
            case NotifyMessage.ExpectServices(var spec) -> balanceMails.expect(spec);
            case NotifyMessage.Mailing(var global) -> mailAsSaid(global);
            case NotifyMessage.Pipes(var specs) -> pipes.become(now, specs);
            case NotifyMessage.Stop(var lastWords) -> {
                stopping = true;
                stopAt = now.plus(lastWords);
                signalOthers(Signal.TERM);
            }
        }
    }

    private void mailAsSaid(GlobalSpec global) {
        postman.become(global.mail());
        mailRules =
                new MailRules(
                        global.routerId(),
                        global.mail().map(MailSpec::noFaults).orElse(false),
                        global.mail().map(MailSpec::onlyStateChanges).orElse(false));
    }

    private void announce(Announcement announcement) {
        for (ScriptSpec script : announcement.scripts()) {
            if (waitingCount >= WAITING_MAX) {
                log.line(Level.ERROR, "Too many scripts wait; not started: " + script);
                continue;
            }
            waitingCount++;
            waiting.computeIfAbsent(announcement.subject(), _ -> new ArrayDeque<>())
                    .add(new Job(announcement.subject(), script, announcement.last()));
        }
        if (!announcement.fifoLine().isEmpty()) {
            pipes.write(announcement.fifoLine());
        }
    }

    /// Starts the next job of each subject that has nothing running, or nothing that may finish
    /// first.
    private void startWhatMay(MonoTime now) {
        for (boolean started = true; started; ) {
            started = false;
            for (String subject : List.copyOf(waiting.keySet())) {
                if (running.size() < RUNNING_MAX && (stopping || !isBusy(now, subject))) {
                    start(now, next(subject));
                    started = true;
                }
            }
        }
        postman.work(now);
        boolean silent = waiting.isEmpty() && postman.isIdle();
        if (stopping && silent && running.isEmpty()) {
            end();
        }
    }

    private boolean isBusy(MonoTime now, String subject) {
        return running.stream()
                .anyMatch(
                        one -> one.job().subject().equals(subject) && one.overdueAt().isAfter(now));
    }

    private Job next(String subject) {
        ArrayDeque<Job> jobs = waiting.getOrDefault(subject, new ArrayDeque<>());
        Job job = jobs.remove();
        waitingCount--;
        if (jobs.isEmpty()) {
            waiting.remove(subject);
        }
        return job;
    }

    private void start(MonoTime now, Job job) {
        try {
            ChildProcess child = launcher.start(job.script());
            Running started = new Running(job, child, now.plus(PATIENCE));
            loop.watch(child.fd(), then -> onExit(then, started));
            running.add(started);
        } catch (SyscallException e) {
            log.line(Level.ERROR, "Script for " + job.subject() + ": " + e.getMessage());
        }
    }

    private void onExit(MonoTime now, Running ended) {
        Optional<Exit> exit = ended.child().exit();
        if (exit.isEmpty()) {
            return;
        }
        loop.unwatch(ended.child().fd());
        ended.child().close();
        running.removeIf(one -> one.child() == ended.child());
        switch (exit.get()) {
            case Exit.Exited(var status) -> {
                if (status != 0) {
                    log.line(
                            Level.NOTICE,
                            "Script " + ended.job().script() + " ended with status " + status);
                }
            }
            case Exit.Killed(var signal) ->
                    log.line(
                            Level.NOTICE,
                            "Script " + ended.job().script() + " was ended by signal " + signal);
        }
        startWhatMay(now);
    }

    @Override
    public MonoTime deadline() {
        MonoTime first = postman.deadline();
        if (stopAt.compareTo(first) < 0) {
            first = stopAt;
        }
        if (pipes.deadline().compareTo(first) < 0) {
            first = pipes.deadline();
        }
        for (Running one : running) {
            if (one.overdueAt().compareTo(first) < 0) {
                first = one.overdueAt();
            }
        }
        return first;
    }

    @Override
    public void onDeadline(MonoTime now) {
        for (int i = 0; i < running.size(); i++) {
            Running one = running.get(i);
            if (!one.overdueAt().isAfter(now)) {
                running.set(i, new Running(one.job(), one.child(), MonoTime.NEVER));
                log.line(
                        Level.WARNING,
                        "Script "
                                + one.job().script()
                                + " still runs after "
                                + PATIENCE.toSeconds()
                                + " s; what comes after it starts now");
            }
        }
        if (!stopAt.isAfter(now)) {
            end();
            return;
        }
        postman.onDeadline(now);
        pipes.onDeadline(now);
        startWhatMay(now);
    }

    /// Scripts that do not say last words.
    private void signalOthers(Signal signal) {
        for (Running one : running) {
            if (!one.job().last()) {
                one.child().signalGroup(signal);
            }
        }
    }

    /// Last words may be finished by their scripts alone; older ones are cut short.
    private void end() {
        stopAt = MonoTime.NEVER;
        signalOthers(Signal.KILL);
        for (Running one : running) {
            if (!one.job().last()) {
                one.child().await(REAPING);
            }
        }
        pipes.close();
        postman.close();
        loop.stop();
    }
}
