package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.Diagnostic;
import holdfast.config.DiagnosticPrinter;
import holdfast.config.ExitStatus;
import holdfast.config.HouseSpec.LifeScript;
import holdfast.config.Loaded;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Launcher;
import holdfast.daemon.notify.Notifier;
import holdfast.linux.ChildProcess;
import holdfast.linux.ChildProcess.Exit;
import holdfast.linux.Namespaces;
import holdfast.linux.Permissions;
import holdfast.linux.Signal;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The life of the main process: what comes before the supervisor's loop, and after it.
final class DaemonRun {

    /// Read and write for us, read for nobody: what our files are unless told otherwise.
    static final int USUAL_UMASK = 0177;

    /// From the polite signal to the other one.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Options options;
    private final List<String> arguments;
    private final Voice voice;

    DaemonRun(Options options, List<String> arguments, Voice voice) {
        this.options = options;
        this.arguments = arguments;
        this.voice = voice;
    }

    /// @return what to exit with
    int run() throws IOException {
        Permissions.umask(options.umask().orElse(USUAL_UMASK));
        if (options.namespace().isPresent()) {
            Namespaces.enterNetwork(Namespaces.named(options.namespace().get()));
        }
        options.remarks().forEach(voice::say);
        ConfigSource source = ConfigSource.of(options);
        ConfigSource.Outcome outcome = source.survey();
        // Always asked for anew, since whoever has it in a variable keeps all the text as long as
        // the daemon runs.
        Optional<String> other = outcome.loaded().configuration().global().namespaces().network();
        if (options.namespace().isEmpty() && other.isPresent()) {
            // All over again, since the interfaces that the text names are there.
            return new DaemonRun(options.in(other.get(), false), arguments, voice).run();
        }
        if (options.umask().isEmpty()) {
            outcome.loaded().configuration().global().house().umask().ifPresent(Permissions::umask);
        }
        if (!options.logging().console() || options.background()) {
            say(outcome.loaded());
        }
        if (!outcome.found()) {
            voice.say("Cannot read the configuration file " + options.configFile());
            return ExitStatuses.NO_CONFIGURATION;
        }
        try (Journal journal =
                Journals.start(options, "", outcome.loaded().configuration().global().instance())) {
            journal.log(Supervisor.IDENT, Level.INFO, "Starting Holdfast " + Usage.VERSION);
            outcome.loaded().diagnostics().forEach(one -> log(journal, one));
            if (!outcome.loaded().runnable()) {
                journal.log(
                        Supervisor.IDENT, Level.ERROR, "Nothing starts with this configuration");
                return outcome.loaded().exitStatus() == ExitStatus.REFUSED
                        ? ExitStatuses.NO_CONFIGURATION
                        : ExitStatuses.CONFIGURATION;
            }
            if (options.namespace().isEmpty()) {
                return claimed(source, outcome, journal);
            }
            String namespace = options.namespace().get();
            try (PrivateRun run = PrivateRun.of(namespace, journal)) {
                return new DaemonRun(options.in(namespace, run.isMounted()), arguments, voice)
                        .claimed(source, outcome, journal);
            }
        }
    }

    /// Complaints for the person at the terminal, who may not read the log.
    private void say(Loaded loaded) {
        String text = DiagnosticPrinter.print(loaded.diagnostics(), loaded.source());
        if (!text.isEmpty()) {
            voice.say(text.stripTrailing());
        }
    }

    private int claimed(ConfigSource source, ConfigSource.Outcome outcome, Journal journal)
            throws IOException {
        Configuration configuration = outcome.loaded().configuration();
        Optional<PidFiles> pidFiles = PidFiles.claim(PidPlan.of(options, configuration.global()));
        if (pidFiles.isEmpty()) {
            String text = "The daemon is already running";
            journal.log(Supervisor.IDENT, Level.NOTICE, text);
            voice.say(text);
            return ExitStatuses.OK;
        }
        CoreDumps cores = CoreDumps.allow(options.cores(), CoreDumps.PATTERN);
        try (PidFiles files = pidFiles.get();
                ServiceManager manager =
                        ServiceManager.at(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")))) {
            if (ReloadPlan.wantsVrrp(configuration, options)) {
                files.vrrp(journal);
            }
            if (ReloadPlan.wantsBfd(configuration, options)) {
                files.bfd(journal);
            }
            configuration.global().house().startup().ifPresent(one -> runScript(one, journal));
            int status;
            try (Notifier notifier = Notifier.start(journal, VrrpMaker.IDENT)) {
                status =
                        new Supervisor(
                                        options, arguments, source, outcome, journal, notifier,
                                        manager, voice, files)
                                .run();
            }
            configuration.global().house().shutdown().ifPresent(one -> runScript(one, journal));
            journal.log(Supervisor.IDENT, Level.NOTICE, "Stopped");
            return status;
        } finally {
            cores.close();
        }
    }

    private static void runScript(LifeScript life, Journal journal) {
        try (ChildProcess child = new Launcher().start(life.script())) {
            if (child.await(life.timeout()).isEmpty()) {
                child.signalGroup(Signal.TERM);
                child.await(GRACE);
                child.signalGroup(Signal.KILL);
                journal.log(
                        Supervisor.IDENT,
                        Level.ERROR,
                        "Took longer than %d s, and was ended: %s"
                                .formatted(life.timeout().toSeconds(), life.script()));
            } else if (!child.exit().map(Exit::isSuccess).orElse(false)) {
                journal.log(Supervisor.IDENT, Level.WARNING, "Did not succeed: " + life.script());
            }
        } catch (SyscallException e) {
            journal.log(Supervisor.IDENT, Level.ERROR, String.valueOf(e.getMessage()));
        }
    }

    private static void log(Journal journal, Diagnostic diagnostic) {
        boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
        journal.log(Supervisor.IDENT, error ? Level.ERROR : Level.WARNING, diagnostic.toString());
    }
}
