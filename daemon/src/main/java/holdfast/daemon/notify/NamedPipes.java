package holdfast.daemon.notify;

import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.daemon.Level;
import holdfast.linux.Accounts;
import holdfast.linux.ChildProcess;
import holdfast.linux.Signal;
import holdfast.script.ScriptSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The named pipes of the configuration, and the programs that were started to read them.
final class NamedPipes implements AutoCloseable {

    private final Launcher launcher;
    private final NotifyLoop.Log log;
    private final Map<String, NamedPipe> pipes = new LinkedHashMap<>();
    private final Map<String, ChildProcess> readers = new LinkedHashMap<>();

    NamedPipes(Launcher launcher, NotifyLoop.Log log) {
        this.launcher = launcher;
        this.log = log;
    }

    /// Opens those that are new, and closes those that are gone.
    void become(List<FifoSpec> wanted) {
        for (NamedPipe pipe : List.copyOf(pipes.values())) {
            if (!wanted.contains(pipe.spec())) {
                drop(pipe);
            }
        }
        for (FifoSpec spec : wanted) {
            if (!pipes.containsKey(spec.path())) {
                open(spec);
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
            if (spec.script().isPresent()) {
                List<String> argv = new ArrayList<>(spec.script().get().argv());
                argv.add(spec.path());
                ScriptSpec reader = new ScriptSpec(argv, spec.script().get().identity());
                readers.put(spec.path(), launcher.start(reader));
            }
        } catch (IOException e) {
            log.line(Level.ERROR, "Named pipe: " + e.getMessage());
        }
    }

    private void drop(NamedPipe pipe) {
        pipe.close();
        pipes.remove(pipe.spec().path());
        ChildProcess reader = readers.remove(pipe.spec().path());
        if (reader != null) {
            reader.signalGroup(Signal.TERM);
            reader.exit();
            reader.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(pipes.values()).forEach(this::drop);
    }
}
