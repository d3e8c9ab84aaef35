package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.vrrp.ScriptActuator.Word;
import holdfast.linux.ChildProcess;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The thread that starts scripts, ends those that take too long, and tells how all of them ended.
///
/// Confined to its thread; spoken to through mailboxes.
final class ScriptLoop implements Runnable, EventLoop.Ticker {

    /// From the polite signal to the other one.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration GRACE_AT_STOP = Duration.ofSeconds(1);

    /// A script that runs.
    private static final class Running {
        final RunScript effect;
        final ChildProcess child;
        MonoTime signalAt;
        boolean overdue;

        Running(RunScript effect, ChildProcess child, MonoTime signalAt) {
            this.effect = effect;
            this.child = child;
            this.signalAt = signalAt;
        }
    }

    private final Reporter reporter;
    private final Mailbox<ScriptOrder> orders;
    private final Mailbox<Word> words;
    private final EventLoop loop;
    private final List<Running> running = new ArrayList<>();

    /// Scripts that could not be started the last time; said once.
    private final Set<String> failing = new HashSet<>();

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
            failing.remove(effect.script());
        } catch (SyscallException e) {
            if (failing.add(effect.script())) {
                reporter.log(
                        Level.WARNING, "Script " + effect.script() + " fails: " + e.getMessage());
            }
            tell(effect, false);
        }
    }

    private void onExit(Running one) {
        if (one.overdue) {
            one.child.signalGroup(Signal.KILL); // what the script left behind
        }
        one.child
                .exit()
                .ifPresent(
                        exit -> {
                            loop.unwatch(one.child.fd());
                            one.child.close();
                            running.remove(one);
                            tell(one.effect, exit.isSuccess() && !one.overdue);
                            endIfDone();
                        });
    }

    private void tell(RunScript effect, boolean success) {
        words.send(new Word.Finished(effect.script(), effect.run(), success));
    }

    private void stop(MonoTime now) {
        stopping = true;
        for (Running one : running) {
            one.child.signalGroup(Signal.TERM);
            one.overdue = true;
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
            if (!one.overdue) {
                reporter.log(
                        Level.NOTICE,
                        "Script " + one.effect.script() + " takes too long and is ended");
            }
            one.child.signalGroup(one.overdue ? Signal.KILL : Signal.TERM);
            one.signalAt = now.plus(GRACE);
            one.overdue = true;
        }
    }
}
