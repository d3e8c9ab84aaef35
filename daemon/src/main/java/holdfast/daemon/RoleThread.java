package holdfast.daemon;

import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.daemon.SupervisorMessage.Ending;
import holdfast.linux.Errno;
import holdfast.linux.Scheduling;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.function.Consumer;

/// Runs a role to its end, and says how it ended.
final class RoleThread {

    /// A role's whole life.
    interface Role {
        void run() throws IOException;
    }

    private static final long LEAST_LIMIT_MICROS = 1_000_000;

    private RoleThread() {}

    static Thread start(String name, Role role, Consumer<Ending> ended) {
        Thread thread = new Thread(() -> ended.accept(run(role)), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static Ending run(Role role) {
        try {
            role.run();
            return new Ending.Done();
        } catch (SyscallException e) {
            boolean permission = e.errno() == Errno.EPERM || e.errno() == Errno.EACCES;
            return new Ending.Refused(String.valueOf(e.getMessage()), permission);
        } catch (IOException e) {
            return new Ending.Refused(String.valueOf(e.getMessage()), false);
        } catch (RuntimeException | Error e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text, true));
            return new Ending.Broken(text.toString());
        }
    }

    /// Makes the calling thread's process as urgent as configured. What the system refuses is said
    /// and borne: a late advert is better than none.
    static void schedule(ProcessSpec spec, Reporter reporter) {
        attempt(reporter, () -> Scheduling.nice(spec.nice()), spec.nice() != 0);
        attempt(reporter, () -> Scheduling.processors(spec.cpus()), !spec.cpus().isEmpty());
        attempt(reporter, Scheduling::lockMemory, spec.noSwap());
        int priority = spec.realTimePriority().orElse(0);
        attempt(reporter, () -> limit(spec), spec.realTimeMicros().isPresent());
        attempt(reporter, () -> Scheduling.realTime(Math.max(2, priority)), priority > 0);
    }

    /// Beyond half of it a signal comes, which is said. What the kernel does at the full time is
    /// to end the process, so that is no less than a second: our memory is tidied up in such times.
    private static void limit(ProcessSpec spec) throws IOException {
        long micros = spec.realTimeMicros().orElseThrow();
        Duration hard = Duration.ofNanos(Math.max(micros, LEAST_LIMIT_MICROS) * 1000);
        Scheduling.realTimeLimit(Duration.ofNanos(micros / 2 * 1000), hard);
    }

    private static void attempt(Reporter reporter, Role step, boolean wanted) {
        if (!wanted) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            reporter.log(Level.WARNING, "Goes on without: " + e.getMessage());
        }
    }
}
