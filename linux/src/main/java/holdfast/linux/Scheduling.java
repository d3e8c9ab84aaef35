package holdfast.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How urgent this process is, and what it may use (sched(7), mlockall(2), setrlimit(2)).
public final class Scheduling {

    /// `SCHED_RR | SCHED_RESET_ON_FORK`
    static final int RR_RESET_ON_FORK = 2 | 0x40000000;

    private static final int PRIO_PROCESS = 0;
    static final int RLIMIT_RTTIME = 15;
    private static final int RLIMIT_CORE = 4;

    /// `MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT`
    static final int LOCK_ON_FAULT = 1 | 2 | 4;

    static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_SET_NAME = 15;
    static final int CPU_SET_BYTES = 128;

    private static final Path TASKS = Path.of("/proc/self/task");

    /// The name of the first thread, which is not the one that runs `main`.
    private static final Path OWN_NAME = Path.of("/proc/self/comm");

    private static final int SYS_GETPRIORITY = Libc.X86 ? 140 : 141;
    private static final int SYS_SCHED_GETPARAM = Libc.X86 ? 143 : 121;
    private static final int SYS_SCHED_GETAFFINITY = Libc.X86 ? 204 : 123;

    /// What was there before we changed it; programs that we start get it back.
    private static volatile Optional<Integer> niceBefore = Optional.empty();

    private static volatile Optional<byte[]> processorsBefore = Optional.empty();

    /// Threads whose urgency is a matter of their own.
    private static final Set<Integer> APART = ConcurrentHashMap.newKeySet();

    private Scheduling() {}

    /// From now on, what is said for all threads of the process does not concern the calling one,
    /// and what it says of itself by the same words does not concern the others; but none of them
    /// stays so far behind a real-time thread that this would have to wait for it.
    public static void standApart() {
        APART.add(Libc.here().gettid());
    }

    /// Ends [#standApart], as a thread has to before it ends: others get its number.
    public static void rejoin() {
        APART.remove(Libc.here().gettid());
    }

    /// Whether what the thread `self` says concerns the thread `tid`.
    private static boolean concerns(int self, int tid) {
        return self == tid || (!APART.contains(self) && !APART.contains(tid));
    }

    /// Something that is to happen as if the process had never been made urgent.
    interface Step {
        int take();
    }

    /// Takes a step with the calling thread as it was before [#nice] and [#processors].
    static int asBefore(Step step) {
        Libc libc = Libc.here();
        Optional<Integer> nice = niceBefore;
        Optional<byte[]> processors = processorsBefore;
        int ours = nice.isPresent() ? ownNice() : 0;
        byte[] confined = processors.isPresent() ? ownProcessors() : new byte[0];
        nice.ifPresent(before -> libc.setpriority(PRIO_PROCESS, libc.gettid(), before));
        processors.ifPresent(Scheduling::confine);
        try {
            return step.take();
        } finally {
            if (nice.isPresent()) {
                libc.setpriority(PRIO_PROCESS, libc.gettid(), ours);
            }
            if (processors.isPresent()) {
                confine(confined);
            }
        }
    }

    /// The system call answers with numbers above 0 only.
    private static int ownNice() {
        return 20 - (int) Libc.here().syscall(SYS_GETPRIORITY, PRIO_PROCESS, 0, 0, 0);
    }

    private static byte[] ownProcessors() {
        Libc libc = Libc.here();
        libc.scratch().clear(0, CPU_SET_BYTES);
        libc.syscall(SYS_SCHED_GETAFFINITY, 0, CPU_SET_BYTES, libc.scratch().at(0), 0);
        byte[] set = new byte[CPU_SET_BYTES];
        libc.scratch().view().get(0, set);
        return set;
    }

    private static void confine(byte[] set) {
        Libc libc = Libc.here();
        libc.scratch().view().put(0, set);
        libc.schedSetaffinity(0, CPU_SET_BYTES, libc.scratch().at(0));
    }

    /// Makes all threads of the process real-time ones, the others at least one step below the
    /// calling one: a loop that is more urgent than the garbage collector only would wait for it.
    /// Processes that are started from here are ordinary ones.
    ///
    /// @param priority of the calling thread, 2 to 99
    public static void realTime(int priority) throws IOException {
        int self = Libc.here().gettid();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                int tid = Integer.parseInt(task.getFileName().toString());
                if (tid == self) {
                    realTime(tid, priority);
                } else if (!APART.contains(tid) && priorityOf(tid) < priority - 1) {
                    realTime(tid, priority - 1);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// 0 for one that is no real-time thread, or is no more.
    private static int priorityOf(int tid) {
        Libc libc = Libc.here();
        libc.scratch().view().putInt(0, 0);
        libc.syscall(SYS_SCHED_GETPARAM, tid, libc.scratch().at(0), 0, 0);
        return libc.scratch().view().getInt(0);
    }

    /// A thread that ended meanwhile is fine.
    private static void realTime(int tid, int priority) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().view().putInt(0, priority);
        int result = libc.schedSetscheduler(tid, RR_RESET_ON_FORK, libc.scratch().at(0));
        if (!Errno.ESRCH.is(result)) {
            SyscallException.check("become a real-time process", result);
        }
    }

    /// Sets the niceness of all threads of the process, from -20 to 19.
    public static void nice(int nice) throws IOException {
        if (niceBefore.isEmpty()) {
            niceBefore = Optional.of(ownNice());
        }
        int self = Libc.here().gettid();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                int tid = Integer.parseInt(task.getFileName().toString());
                if (!concerns(self, tid)) {
                    continue;
                }
                int result = Libc.here().setpriority(PRIO_PROCESS, tid, nice);
                if (!Errno.ESRCH.is(result)) {
                    SyscallException.check("set the process priority", result);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// How long a real-time thread may run without a wait before the kernel stops it: a signal at
    /// `soft`, the end at `hard`.
    public static void realTimeLimit(Duration soft, Duration hard) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().view().putLong(0, soft.toNanos() / 1000);
        libc.scratch().view().putLong(Long.BYTES, hard.toNanos() / 1000);
        SyscallException.check(
                "limit real-time use", libc.prlimit(0, RLIMIT_RTTIME, libc.scratch().at(0), 0));
    }

    /// Lets the system keep as much of a crashed process as it wants.
    public static void unlimitedCores() throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().view().putLong(0, -1).putLong(Long.BYTES, -1);
        SyscallException.check(
                "allow core dumps", libc.prlimit(0, RLIMIT_CORE, libc.scratch().at(0), 0));
    }

    /// Keeps in memory whatever is touched from now on, and what is there already. Memory that is
    /// only reserved costs nothing.
    public static void lockMemory() throws SyscallException {
        SyscallException.check("lock memory", Libc.here().mlockall(LOCK_ON_FAULT));
    }

    /// Confines all threads of the process to these processors, counted from 0.
    public static void processors(List<Integer> numbers) throws IOException {
        if (processorsBefore.isEmpty()) {
            processorsBefore = Optional.of(ownProcessors());
        }
        int self = Libc.here().gettid();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                int tid = Integer.parseInt(task.getFileName().toString());
                if (!concerns(self, tid)) {
                    continue;
                }
                Libc libc = Libc.here();
                libc.scratch().clear(0, CPU_SET_BYTES);
                for (int number : numbers) {
                    int at = number / Byte.SIZE;
                    int bits = libc.scratch().view().get(at) | 1 << number % Byte.SIZE;
                    libc.scratch().view().put(at, (byte) bits);
                }
                int result = libc.schedSetaffinity(tid, CPU_SET_BYTES, libc.scratch().at(0));
                if (!Errno.ESRCH.is(result)) {
                    SyscallException.check("choose processors", result);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// Asks for a signal when the thread that started us ends. False when it ended before.
    public static boolean endWithParent(int parentPid, Signal signal) throws SyscallException {
        SyscallException.check(
                "follow the parent", Libc.here().prctl(PR_SET_PDEATHSIG, signal.number()));
        return Libc.here().getppid() == parentPid;
    }

    /// Names the whole process for ps(1); 15 bytes are kept.
    public static void nameProcess(String name) throws IOException {
        Files.writeString(OWN_NAME, name);
    }

    /// Names the calling thread for ps(1); 15 bytes are kept.
    public static void nameThread(String name) {
        Libc libc = Libc.here();
        libc.scratch().putText(0, name);
        libc.prctl(PR_SET_NAME, libc.scratch().at(0));
    }

    public static int pid() {
        return Libc.here().getpid();
    }

    public static int parentPid() {
        return Libc.here().getppid();
    }
}
