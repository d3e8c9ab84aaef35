package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.vrrp.ScriptActuator.Word;
import holdfast.linux.ChildProcess;
import holdfast.linux.ChildProcess.Exit;
import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.ProcessSpec;
import holdfast.linux.Signal;
import holdfast.linux.Spawn;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEffect.RunScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The thread that starts scripts, ends those that take too long, and tells how all of them ended.
///
/// Confined to its thread; spoken to through mailboxes.
final class ScriptLoop implements Runnable, EventLoop.Ticker {

    /// From the polite signal to the other one, and to its repetition.
    private static final Duration GRACE = Duration.ofSeconds(2);

    /// Between later ones: what does not die of two will not die soon.
    private static final Duration GRACE_LATER = Duration.ofSeconds(10);

    private static final int SIGNALS_SOON = 3;

    private static final Duration GRACE_AT_STOP = Duration.ofSeconds(1);

    private static final String WELL = "exits with status 0";

    /// A script that runs.
    private static final class Running {
        final RunScript effect;
        final ChildProcess child;
        MonoTime signalAt;
        int signals;

        Running(RunScript effect, ChildProcess child, MonoTime signalAt) {
            this.effect = effect;
            this.child = child;
            this.signalAt = signalAt;
        }

        boolean isOverdue() {
            return signals > 0;
        }
    }

    private final Reporter reporter;
    private final Mailbox<ScriptOrder> orders;
    private final Mailbox<Word> words;
    private final EventLoop loop;
    private final List<Running> running = new ArrayList<>();

    /// How scripts ended the last time, in words; what is not here ended well.
    private final Map<String, String> endings = new HashMap<>();

    private boolean stopping;

    ScriptLoop(Reporter reporter, Mailbox<ScriptOrder> orders, Mailbox<Word> words)
            throws SyscallException {
        this.reporter = reporter;
        this.orders = orders;
        this.words = words;
        this.loop = new EventLoop(this);
        loop.watch(orders.fd(), this::onOrders);
    }

    @Override
    public void run() {
        try (loop) {
            loop.run();
        } catch (SyscallException | RuntimeException | Error e) {
            words.send(new Word.Broken(e));
        } finally {
            running.forEach(one -> one.child.close());
        }
    }

    private void onOrders(MonoTime now) {
        for (Optional<ScriptOrder> next = orders.receive();
                next.isPresent();
                next = orders.receive()) {
            switch (next.get()) {
                case ScriptOrder.Run(var effect) -> start(now, effect);
                case ScriptOrder.Stop() -> stop(now);
            }
        }
    }

    private void start(MonoTime now, RunScript effect) {
        var script = effect.spec().script();
        try {
            ChildProcess child =
                    Spawn.start(ProcessSpec.of(script.argv(), Optional.of(script.identity())));
            Running one = new Running(effect, child, now.plus(effect.timeout()));
            running.add(one);
            loop.watch(child.fd(), _ -> onExit(one));
        } catch (SyscallException e) {
            ended(effect, "fails: " + e.getMessage());
            tell(effect, false);
        }
    }

    private void onExit(Running one) {
        if (one.isOverdue()) {
            one.child.signalGroup(Signal.KILL); // what the script left behind
        }
        one.child
                .exit()
                .ifPresent(
                        exit -> {
                            loop.unwatch(one.child.fd());
                            one.child.close();
                            running.remove(one);
                            if (!one.isOverdue()) {
                                ended(one.effect, words(exit));
                            }
                            tell(one.effect, exit.isSuccess() && !one.isOverdue());
                            endIfDone();
                        });
    }

    private static String words(Exit exit) {
        return switch (exit) {
            case Exit.Exited(var status) -> "exits with status " + status;
            case Exit.Killed(var signal) -> "is killed by signal " + signal;
        };
    }

    /// Says how a script ends when it ended otherwise the last time.
    private void ended(RunScript effect, String how) {
        String before = endings.getOrDefault(effect.script(), WELL);
        if (how.equals(before)) {
            return;
        }
        endings.put(effect.script(), how);
        reporter.log(
                how.equals(WELL) ? Level.INFO : Level.NOTICE,
                "Script " + effect.script() + " " + how);
    }

    private void tell(RunScript effect, boolean success) {
        words.send(new Word.Finished(effect.script(), effect.run(), success));
    }

    private void stop(MonoTime now) {
        stopping = true;
        for (Running one : running) {
            one.child.signalGroup(Signal.TERM);
            one.signals++;
            one.signalAt = now.plus(GRACE_AT_STOP);
        }
        endIfDone();
    }

    private void endIfDone() {
        if (stopping && running.isEmpty()) {
            loop.stop();
        }
    }

    @Override
    public MonoTime deadline() {
        MonoTime first = MonoTime.NEVER;
        for (Running one : running) {
            first = one.signalAt.isAfter(first) ? first : one.signalAt;
        }
        return first;
    }

    @Override
    public void onDeadline(MonoTime now) {
        for (Running one : running) {
            if (one.signalAt.isAfter(now)) {
                continue;
            }
            if (!one.isOverdue()) {
                ended(one.effect, "takes too long and is ended");
                words.send(new Word.Overdue(one.effect.script(), one.effect.run()));
            }
            one.child.signalGroup(one.isOverdue() ? Signal.KILL : Signal.TERM);
            one.signals++;
            one.signalAt = now.plus(one.signals < SIGNALS_SOON ? GRACE : GRACE_LATER);
        }
    }
}
