package holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A daemon in a host: Holdfast or keepalived, with a configuration and a log of its own.
///
/// Confined to one thread.
public final class Daemon {

    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final Duration LATE_WAKING = Duration.ofMillis(1);

    private final Software software;
    private final Host host;
    private final Path configuration;
    private final Path log;
    private final Map<String, Path> mounts = new TreeMap<>();
    private List<String> prefix = List.of();
    private Process process;

    private Daemon(Software software, Host host, String text) {
        this.software = software;
        this.host = host;
        String name = host.label() + "/" + software.name().toLowerCase(java.util.Locale.ROOT);
        this.configuration = host.lab().file(name + ".conf", text);
        this.log = host.lab().file(name + ".log", "");
        host.lab().file(host.label() + "/pids/made", "");
        this.process = ended();
    }

    /// A daemon that is not running yet.
    public static Daemon of(Software software, Host host, String configuration) {
        return new Daemon(software, host, configuration);
    }

    /// Starts a daemon with this configuration.
    public static Daemon start(Software software, Host host, String configuration) {
        return of(software, host, configuration).start();
    }

    /// What the daemon is to see at this path: a file or directory of the lab. Only it sees that.
    public Daemon mount(Path what, String where) {
        mounts.put(where, what);
        return this;
    }

    /// What runs the daemon's command, which it gets as its last arguments, and then becomes it.
    public Daemon after(List<String> command) {
        prefix = List.copyOf(command);
        return this;
    }

    /// Starts it, for the first time or again.
    public Daemon start() {
        if (isRunning()) {
            throw new IllegalStateException("already running");
        }
        List<String> command = new ArrayList<>(prefix);
        if (!mounts.isEmpty()) {
            var script = new StringBuilder();
            mounts.forEach(
                    (where, what) ->
                            script.append("mount --bind %s %s && ".formatted(what, where)));
            command.addAll(List.of("unshare", "-m", "sh", "-c", script + "exec \"$0\" \"$@\""));
        }
        command.addAll(software.command(configuration, configuration.resolveSibling("pids")));
        String logName = host.lab().directory().relativize(log).toString();
        process = host.start(logName, command);
        return this;
    }

    /// Writes another configuration, which the next start or reload will read.
    public void configure(String text) {
        host.lab().file(host.lab().directory().relativize(configuration).toString(), text);
    }

    /// Writes another configuration, and asks for it to be loaded.
    public Instant reload(String text) {
        configure(text);
        return hangUp();
    }

    /// Asks for the configuration to be loaded again, and says when.
    public Instant hangUp() {
        return signal("HUP");
    }

    /// Sends the daemon's main process a signal, and says when.
    public Instant signal(String name) {
        Instant at = Instant.now();
        Programs.run("kill", "-" + name, Long.toString(pid()));
        return at;
    }

    /// Asks it to stop, and waits until it has; says when it was asked.
    public Instant stop() {
        Instant at = signal("TERM");
        awaitEnd();
        return at;
    }

    /// Kills all its processes at once, so that none can say goodbye; says when.
    public Instant kill() {
        return kill(Instant::now);
    }

    /// The same at a moment that is asked for when all is prepared, and may lie ahead; says when.
    public Instant kill(Supplier<Instant> moment) {
        if (process.children().findAny().isPresent()) {
            signal("STOP"); // Nobody starts another one meanwhile.
        }
        List<ProcessHandle> children = process.descendants().toList();
        awaitMoment(moment.get());
        Instant at = Instant.now();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
        Await.until(
                "the killed processes are gone",
                STOP_MAX,
                () -> children.stream().noneMatch(ProcessHandle::isAlive));
        return at;
    }

    /// Sleeps for most of the time, and looks at the clock for the rest, since sleepers wake late.
    private static void awaitMoment(Instant moment) {
        long nanos = Duration.between(Instant.now(), moment).minus(LATE_WAKING).toNanos();
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
        while (Instant.now().isBefore(moment)) {
            Thread.onSpinWait();
        }
    }

    /// Waits until it has ended by itself, and returns its exit code.
    public int awaitEnd() {
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("%s does not stop%n%s".formatted(software, log()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Software software() {
        return software;
    }

    public Host host() {
        return host;
    }

    /// All it has written up to now.
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the log has a line that contains this.
    public void awaitLog(String words, Duration limit) {
        Await.until("log says " + words, limit, () -> log().contains(words), this::log);
    }

    private static Process ended() {
        try {
            return new ProcessBuilder("true").start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
