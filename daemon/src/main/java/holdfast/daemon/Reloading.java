package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.DiagnosticPrinter;
import holdfast.config.HouseSpec.ReloadSpec;
import holdfast.config.Loaded;
import holdfast.daemon.journal.Journal;
import holdfast.linux.EventLoop;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/// What surrounds a start or a reload: the file that says that we load, the trial before, and the
/// alarm for the next time. Confined to the supervisor's thread.
final class Reloading implements AutoCloseable {

    private final Options options;
    private final Journal journal;
    private final LoadMarker marker = new LoadMarker();
    private final ReloadClock clock;

    Reloading(EventLoop loop, Options options, Journal journal) {
        this.options = options;
        this.journal = journal;
        this.clock = new ReloadClock(loop, Clock.system(ZoneId.systemDefault()), this::log);
    }

    /// Loading begins, as the configuration in force wants it.
    void begin(Configuration configuration) {
        ReloadSpec spec = configuration.global().house().reload();
        Path usual = PidPlan.of(options, configuration.global()).marker();
        try {
            marker.put(spec.marker().map(path -> path.isEmpty() ? usual : Path.of(path)));
        } catch (IOException e) {
            log(Level.WARNING, "reload_file cannot be made: " + e);
        }
    }

    /// Loading is over, well or not; from now on `configuration` is in force.
    void end(MonoTime now, Configuration configuration) {
        try {
            marker.remove();
        } catch (IOException e) {
            log(Level.WARNING, "reload_file cannot be removed: " + e);
        }
        clock.become(now, configuration.global().house().reload());
    }

    /// What was read must pass as a test of the configuration would (`reload_check_config`). It is
    /// the very text that is loaded afterwards, so nobody can change it in between.
    ///
    /// @return why it does not pass
    Optional<String> trial(Configuration running, Loaded read) {
        Optional<String> log = running.global().house().reload().check();
        if (log.isEmpty()) {
            return Optional.empty();
        }
        try {
            ConfigTestRun.write(
                    log.get(), DiagnosticPrinter.print(read.diagnostics(), read.source()));
        } catch (IOException e) {
            log(Level.WARNING, "reload_check_config cannot write to " + log.get() + ": " + e);
        }
        return read.exitStatus() == ExitStatuses.OK
                ? Optional.empty()
                : Optional.of(
                        "the test of the configuration ends with status "
                                + read.exitStatus()
                                + (log.get().equals("/dev/null") ? "" : "; see " + log.get()));
    }

    MonoTime deadline() {
        return clock.deadline();
    }

    boolean isDue(MonoTime now) {
        return clock.isDue(now);
    }

    private void log(Level level, String line) {
        journal.log(Supervisor.IDENT, level, line);
    }

    @Override
    public void close() {
        clock.close();
    }
}
