package holdfast.linux;

import java.time.Duration;
import java.util.Optional;

/// A process that we started and must reap.
///
/// Its descriptor becomes readable when it ends. May be used by any thread, but by one at a time.
public final class ChildProcess implements AutoCloseable {

    /// How a process ended.
    public sealed interface Exit {
        record Exited(int status) implements Exit {}

        record Killed(Signal signal) implements Exit {}

        default boolean isSuccess() {
            return this instanceof Exited(int status) && status == 0;
        }
    }

    static final int P_PIDFD = 3;
    static final int WNOHANG = 1;
    static final int WEXITED = 4;
    private static final int CLD_EXITED = 1;
    private static final short POLLIN = 1;

    /// siginfo_t as it is filled for SIGCHLD.
    static final int SIGINFO_BYTES = 128;

    static final int CODE_OFFSET = 8;
    static final int PID_OFFSET = 16;
    static final int STATUS_OFFSET = 24;

    private final int pid;
    private final Fd pidfd;
    private Optional<Exit> exit = Optional.empty();

    ChildProcess(int pid, Fd pidfd) {
        this.pid = pid;
        this.pidfd = pidfd;
    }

    /// Also the number of its process group.
    public int pid() {
        return pid;
    }

    /// What a loop watches for reading.
    public Fd fd() {
        return pidfd;
    }

    /// How it ended, if it did; reaps it. Kill its group before, if something of it may be left.
    public Optional<Exit> exit() {
        if (exit.isEmpty()) {
            Libc libc = Libc.here();
            Memory info = libc.scratch();
            info.clear(0, SIGINFO_BYTES);
            int result = libc.waitid(P_PIDFD, pidfd.number(), info.at(0), WEXITED | WNOHANG);
            if (result == 0 && info.view().getInt(PID_OFFSET) == pid) {
                int status = info.view().getInt(STATUS_OFFSET);
                exit =
                        Optional.of(
                                info.view().getInt(CODE_OFFSET) == CLD_EXITED
                                        ? new Exit.Exited(status)
                                        : new Exit.Killed(new Signal(status)));
            }
        }
        return exit;
    }

    /// Waits for the end, for so long at most. Not for loops.
    public Optional<Exit> await(Duration wait) {
        long untilNanos = System.nanoTime() + wait.toNanos();
        while (exit().isEmpty()) {
            long leftMillis = (untilNanos - System.nanoTime() + 999_999) / 1_000_000;
            if (leftMillis <= 0) {
                break;
            }
            Libc libc = Libc.here();
            libc.scratch().view().putInt(0, pidfd.number()).putInt(4, POLLIN);
            libc.poll(libc.scratch().at(0), 1, (int) Math.min(leftMillis, Integer.MAX_VALUE));
        }
        return exit;
    }

    /// Signals the process alone. False when it is gone.
    public boolean signal(Signal signal) {
        return exit.isEmpty() && Libc.here().kill(pid, signal.number()) == 0;
    }

    /// Signals the process and its descendants in its process group. False when it was reaped,
    /// since the number may belong to somebody else then.
    public boolean signalGroup(Signal signal) {
        return exit.isEmpty() && Libc.here().kill(-pid, signal.number()) == 0;
    }

    @Override
    public void close() {
        pidfd.close();
    }
}
