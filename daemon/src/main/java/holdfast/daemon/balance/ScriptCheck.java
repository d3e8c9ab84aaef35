package holdfast.daemon.balance;

import holdfast.linux.ChildProcess;
import holdfast.linux.EventLoop;
import holdfast.linux.ProcessSpec;
import holdfast.linux.Signal;
import holdfast.linux.Spawn;
import holdfast.linux.SyscallException;
import holdfast.probe.Outcome;
import holdfast.probe.ProbeSpec;
import holdfast.probe.ScriptProbe;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A program that checks a server. One that does not end in time is asked to, and then made to
/// (LVS specification, section 7).
final class ScriptCheck implements Check {

    /// What comes when a program does not end: a signal to its group, and how long until the next.
    private record Stage(Signal signal, Duration patience) {}

    private static final List<Stage> STAGES =
            List.of(
                    new Stage(Signal.TERM, Duration.ofSeconds(2)),
                    new Stage(Signal.KILL, Duration.ofSeconds(2)),
                    new Stage(Signal.KILL, Duration.ofSeconds(10)));

    private final EventLoop loop;
    private final ScriptProbe probe;
    private final ChildProcess process;
    private MonoTime deadline;
    private int stages;
    private Optional<Outcome> outcome = Optional.empty();

    private ScriptCheck(EventLoop loop, ProbeSpec.Script spec, ChildProcess process, MonoTime now) {
        this.loop = loop;
        this.probe = new ScriptProbe(spec);
        this.process = process;
        this.deadline = now.plus(spec.timeout());
    }

    /// @param watcher what the loop wakes; passes on what it hears
    static ScriptCheck start(
            EventLoop loop, EventLoop.Source watcher, ProbeSpec.Script spec, MonoTime now)
            throws SyscallException {
        ProcessSpec program =
                ProcessSpec.of(spec.script().argv(), Optional.of(spec.script().identity()));
        ChildProcess process = Spawn.start(program);
        ScriptCheck check = new ScriptCheck(loop, spec, process, now);
        try {
            loop.watch(process.fd(), watcher);
        } catch (SyscallException e) {
            check.close();
            throw e;
        }
        return check;
    }

    @Override
    public void onReadable(MonoTime now) {
        if (outcome.isEmpty()) {
            process.exit().ifPresent(this::ended);
        }
    }

    private void ended(ChildProcess.Exit exit) {
        end(
                stages > 0
                        ? probe.timedOut()
                        : switch (exit) {
                            case ChildProcess.Exit.Exited(int status) -> probe.exited(status);
                            case ChildProcess.Exit.Killed(var signal) ->
                                    probe.killed(signal.number());
                        });
    }

    @Override
    public void onDeadline(MonoTime now) {
        if (deadline.isAfter(now) || outcome.isPresent()) {
            return;
        }
        if (stages == STAGES.size()) {
            // Not even the kernel can end it now; it must not hold up the checks for ever.
            end(probe.timedOut());
            return;
        }
        Stage stage = STAGES.get(stages++);
        process.signalGroup(stage.signal());
        deadline = now.plus(stage.patience());
    }

    private void end(Outcome result) {
        outcome = Optional.of(result);
        loop.unwatch(process.fd());
        process.close();
    }

    @Override
    public MonoTime deadline() {
        return deadline;
    }

    @Override
    public Optional<Outcome> outcome() {
        return outcome;
    }

    /// It ends by the same stages as one that is late.
    @Override
    public boolean abandon(MonoTime now) {
        if (outcome.isEmpty() && stages == 0) {
            deadline = now;
            onDeadline(now);
        }
        return outcome.isPresent();
    }

    @Override
    public void close() {
        if (outcome.isEmpty()) {
            process.signalGroup(Signal.KILL);
            process.await(Duration.ofMillis(100));
            end(probe.timedOut());
        }
    }
}
