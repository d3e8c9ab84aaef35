package holdfast.daemon.notify;

import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.daemon.Level;
import holdfast.linux.Accounts;
import holdfast.linux.ChildProcess;
import holdfast.linux.ChildProcess.Exit;
import holdfast.linux.EventLoop;
import holdfast.linux.Signal;
import holdfast.linux.SyscallException;
import holdfast.script.ScriptSpec;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The named pipes of the configuration, and the programs that were started to read them.
///
/// A reader that ends is not started again before the next reload. Confined to the thread of the
/// loop.
final class NamedPipes implements AutoCloseable {

    /// From the polite signal to the other one.
    private static final Duration GRACE = Duration.ofSeconds(1);

    /// A reader that was told to end.
    private record Leaving(ChildProcess child, MonoTime killAt) {}

    private final EventLoop loop;
    private final Launcher launcher;
    private final NotifyLoop.Log log;
    private final Map<String, NamedPipe> pipes = new LinkedHashMap<>();
    private final Map<String, ChildProcess> readers = new LinkedHashMap<>();
    private final List<Leaving> leaving = new ArrayList<>();

    NamedPipes(EventLoop loop, Launcher launcher, NotifyLoop.Log log) {
        this.loop = loop;
        this.launcher = launcher;
        this.log = log;
    }

    /// Opens those that are new, and closes those that are gone.
    void become(MonoTime now, List<FifoSpec> wanted) {
        for (NamedPipe pipe : List.copyOf(pipes.values())) {
            if (!wanted.contains(pipe.spec())) {
                drop(now, pipe);
            }
        }
        for (FifoSpec spec : wanted) {
            if (!pipes.containsKey(spec.path())) {
                open(spec);
            }
            if (pipes.containsKey(spec.path()) && !readers.containsKey(spec.path())) {
                spec.script().ifPresent(script -> startReader(spec, script));
            }
        }
    }

    void write(String line) {
        for (NamedPipe pipe : pipes.values()) {
            if (pipe.write(line)) {
                log.line(
                        Level.WARNING,
                        "Nobody reads "
                                + pipe.spec().path()
                                + "; lines are dropped until it is"
                                + " read again");
            }
        }
    }

    private void open(FifoSpec spec) {
        try {
            pipes.put(spec.path(), NamedPipe.open(spec, Accounts.effectiveUser()));
        } catch (IOException e) {
            log.line(Level.ERROR, "Named pipe: " + e.getMessage());
        }
    }

    private void startReader(FifoSpec spec, ScriptSpec script) {
        List<String> argv = new ArrayList<>(script.argv());
        argv.add(spec.path());
        try {
            ChildProcess child = launcher.start(new ScriptSpec(argv, script.identity()));
            readers.put(spec.path(), child);
            loop.watch(child.fd(), _ -> onExit(spec.path(), child));
        } catch (SyscallException e) {
            log.line(Level.ERROR, "Reader of " + spec.path() + ": " + e.getMessage());
        }
    }

    private void onExit(String path, ChildProcess child) {
        Optional<Exit> exit = child.exit();
        if (exit.isEmpty()) {
            return;
        }
        loop.unwatch(child.fd());
        child.close();
        leaving.removeIf(one -> one.child() == child);
        if (readers.remove(path, child)) {
            String how =
                    switch (exit.get()) {
                        case Exit.Exited(var status) -> "with status " + status;
                        case Exit.Killed(var signal) -> "by signal " + signal;
                    };
            log.line(
                    Level.WARNING,
                    "The reader of " + path + " ended " + how + "; a reload starts it again");
        }
    }

    private void drop(MonoTime now, NamedPipe pipe) {
        String path = pipe.spec().path();
        pipe.close();
        pipes.remove(path);
        ChildProcess reader = readers.remove(path);
        if (reader != null) {
            reader.signalGroup(Signal.TERM);
            leaving.add(new Leaving(reader, now.plus(GRACE)));
        }
    }

    MonoTime deadline() {
        return leaving.stream()
                .map(Leaving::killAt)
                .min(Comparator.naturalOrder())
                .orElse(MonoTime.NEVER);
    }

    void onDeadline(MonoTime now) {
        for (Leaving one : List.copyOf(leaving)) {
            if (!one.killAt().isAfter(now)) {
                one.child().signalGroup(Signal.KILL);
                leaving.remove(one);
            }
        }
    }

    /// Removes the pipes, and lets no reader outlive us.
    @Override
    public void close() {
        MonoTime now = EventLoop.clock();
        List.copyOf(pipes.values()).forEach(pipe -> drop(now, pipe));
        for (Leaving one : leaving) {
            Duration left = one.killAt().since(EventLoop.clock());
            if (one.child().await(left.isNegative() ? Duration.ZERO : left).isEmpty()) {
                one.child().signalGroup(Signal.KILL);
                one.child().await(GRACE);
            }
            loop.unwatch(one.child().fd());
            one.child().close();
        }
        leaving.clear();
    }
}
