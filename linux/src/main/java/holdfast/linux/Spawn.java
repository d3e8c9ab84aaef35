package holdfast.linux;

import holdfast.script.Identity;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts processes with posix_spawn(3): own process group, default signals, plain scheduling, and
/// no descriptor that was not asked for.
///
/// An identity is taken on by the calling thread alone, for the time of the call. The thread must
/// not be one that others rely on meanwhile; a thread for scripts is the right one.
public final class Spawn {

    private static final int POSIX_SPAWN_SETPGROUP = 0x02;
    private static final int POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final int POSIX_SPAWN_SETSIGMASK = 0x08;
    static final int POSIX_SPAWN_SETSCHEDULER = 0x20;
    static final int POSIX_SPAWN_SETSID = 0x80;
    private static final int SCHED_OTHER = 0;
    static final int SYS_PIDFD_OPEN = 434;

    /// Where the sources of inherited descriptors are kept out of the way of their targets.
    private static final int PARKED_MIN = 100;

    private static final MemorySegment POSIX_SPAWN = Libc.function("posix_spawn");
    private static final MemorySegment ACTIONS_INIT =
            Libc.function("posix_spawn_file_actions_init");
    private static final MemorySegment ACTIONS_DESTROY =
            Libc.function("posix_spawn_file_actions_destroy");
    private static final MemorySegment ADDOPEN = Libc.function("posix_spawn_file_actions_addopen");
    private static final MemorySegment ADDDUP2 = Libc.function("posix_spawn_file_actions_adddup2");
    private static final MemorySegment ADDCLOSE =
            Libc.function("posix_spawn_file_actions_addclose");
    private static final MemorySegment ADDCLOSEFROM =
            Libc.function("posix_spawn_file_actions_addclosefrom_np");
    private static final MemorySegment ATTR_INIT = Libc.function("posix_spawnattr_init");
    private static final MemorySegment ATTR_DESTROY = Libc.function("posix_spawnattr_destroy");
    private static final MemorySegment SETFLAGS = Libc.function("posix_spawnattr_setflags");
    private static final MemorySegment SETPGROUP = Libc.function("posix_spawnattr_setpgroup");
    private static final MemorySegment SETSIGDEFAULT =
            Libc.function("posix_spawnattr_setsigdefault");
    private static final MemorySegment SETSIGMASK = Libc.function("posix_spawnattr_setsigmask");
    private static final MemorySegment SETSCHEDPOLICY =
            Libc.function("posix_spawnattr_setschedpolicy");
    private static final MemorySegment SETSCHEDPARAM =
            Libc.function("posix_spawnattr_setschedparam");

    // Where things are in the memory of one call. The C library's objects get room to grow.
    private static final int PID = 0;
    private static final int PARAMETER = 16;
    private static final int ACTIONS = 32;
    static final int ACTIONS_BYTES_MAX = 256;
    private static final int ATTRIBUTES = ACTIONS + ACTIONS_BYTES_MAX;
    static final int ATTRIBUTES_BYTES_MAX = 512;
    private static final int ALL_SIGNALS = ATTRIBUTES + ATTRIBUTES_BYTES_MAX;
    private static final int BLOCKED = ALL_SIGNALS + Signal.SET_BYTES;
    private static final int DEV_NULL = BLOCKED + Signal.SET_BYTES;
    private static final int VECTORS = DEV_NULL + 16;

    private final ProcessSpec spec;
    private final Libc libc = Libc.here();
    private final Memory memory;
    private final List<Fd> parked = new ArrayList<>();
    private int textAt;

    private Spawn(ProcessSpec spec) {
        this.spec = spec;
        int words = spec.argv().size() + spec.environment().size() + 2;
        this.textAt = VECTORS + words * Long.BYTES;
        this.memory = new Memory(textAt + textBytes(spec));
    }

    /// Starts a process. A program that is not there or may not be run is an exception here.
    public static ChildProcess start(ProcessSpec spec) throws SyscallException {
        Spawn spawn = new Spawn(spec);
        try {
            return spawn.run();
        } finally {
            spawn.parked.forEach(Fd::close);
            spawn.memory.close();
        }
    }

    private ChildProcess run() throws SyscallException {
        prepareAttributes();
        prepareDescriptors();
        long path = memory.at(textAt);
        long argv = vector(VECTORS, spec.argv());
        long envp = vector(VECTORS + (spec.argv().size() + 1) * Long.BYTES, environment());
        int result = posixSpawnAsBefore(path, argv, envp);
        libc.errorOf(ACTIONS_DESTROY, memory.at(ACTIONS), 0, 0, 0, 0, 0);
        libc.errorOf(ATTR_DESTROY, memory.at(ATTRIBUTES), 0, 0, 0, 0, 0);
        SyscallException.check("run " + spec.argv().getFirst() + asWhom(), result);
        int pid = memory.view().getInt(PID);
        return new ChildProcess(
                pid, Fd.made("watch a process", libc.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0)));
    }

    /// With the identity taken on last, since the way back to urgency needs our own.
    private int posixSpawnAsBefore(long path, long argv, long envp) throws SyscallException {
        SyscallException[] refused = new SyscallException[1];
        int result =
                Scheduling.asBefore(
                        () -> {
                            try {
                                return asIdentity(path, argv, envp);
                            } catch (SyscallException e) {
                                refused[0] = e;
                                return 0;
                            }
                        });
        if (refused[0] != null) {
            throw refused[0];
        }
        return result;
    }

    private int asIdentity(long path, long argv, long envp) throws SyscallException {
        if (spec.identity().isEmpty()) {
            return posixSpawn(path, argv, envp);
        }
        Credentials ours = Credentials.ofThisThread();
        ours.become(spec.identity().get());
        try {
            return posixSpawn(path, argv, envp);
        } finally {
            ours.restore();
        }
    }

    private int posixSpawn(long path, long argv, long envp) {
        long actions = memory.at(ACTIONS);
        long attributes = memory.at(ATTRIBUTES);
        return libc.errorOf(POSIX_SPAWN, memory.at(PID), path, actions, attributes, argv, envp);
    }

    private String asWhom() {
        return spec.identity().map(Identity::user).map(user -> " as " + user).orElse("");
    }

    private void prepareAttributes() throws SyscallException {
        memory.view().putLong(ALL_SIGNALS, -1);
        Signal.putSet(memory, BLOCKED, spec.blocked());
        int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSCHEDULER;
        flags |= spec.session() ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
        attribute(ATTR_INIT, 0);
        attribute(SETFLAGS, flags);
        attribute(SETPGROUP, 0);
        attribute(SETSIGDEFAULT, memory.at(ALL_SIGNALS));
        attribute(SETSIGMASK, memory.at(BLOCKED));
        attribute(SETSCHEDPOLICY, SCHED_OTHER);
        attribute(SETSCHEDPARAM, memory.at(PARAMETER));
    }

    private void prepareDescriptors() throws SyscallException {
        memory.putText(DEV_NULL, "/dev/null");
        action(ACTIONS_INIT, 0, 0, 0, 0);
        int top = 2;
        for (int number = 0; number <= 2; number++) {
            if (!isInherited(number)) {
                int flags = number == 0 ? Libc.O_RDONLY : Libc.O_WRONLY;
                action(ADDOPEN, number, memory.at(DEV_NULL), flags, 0);
            }
        }
        for (ProcessSpec.Inherited each : spec.descriptors()) {
            int ours = each.ours().number();
            Fd source =
                    Fd.made(
                            "duplicate a descriptor",
                            libc.fcntl(ours, Libc.F_DUPFD_CLOEXEC, PARKED_MIN));
            parked.add(source);
            action(ADDDUP2, source.number(), each.theirs(), 0, 0);
            top = Math.max(top, each.theirs());
        }
        for (int number = 3; number < top; number++) {
            if (!isInherited(number)) {
                action(ADDCLOSE, number, 0, 0, 0);
            }
        }
        action(ADDCLOSEFROM, top + 1, 0, 0, 0);
    }

    private boolean isInherited(int number) {
        return spec.descriptors().stream().anyMatch(each -> each.theirs() == number);
    }

    private void attribute(MemorySegment function, long value) throws SyscallException {
        SyscallException.check(
                "prepare a process",
                libc.errorOf(function, memory.at(ATTRIBUTES), value, 0, 0, 0, 0));
    }

    private void action(MemorySegment function, long a, long b, long c, long d)
            throws SyscallException {
        SyscallException.check(
                "prepare a process", libc.errorOf(function, memory.at(ACTIONS), a, b, c, d, 0));
    }

    private List<String> environment() {
        return spec.environment().entrySet().stream().map(Spawn::assignment).toList();
    }

    private static String assignment(Map.Entry<String, String> variable) {
        return variable.getKey() + "=" + variable.getValue();
    }

    /// Writes strings, and a list of their addresses that ends with NULL.
    private long vector(int offset, List<String> texts) {
        int at = offset;
        for (String text : texts) {
            memory.view().putLong(at, memory.at(textAt));
            textAt = memory.putText(textAt, text);
            at += Long.BYTES;
        }
        return memory.at(offset);
    }

    private static int textBytes(ProcessSpec spec) {
        int bytes = 0;
        for (String word : spec.argv()) {
            bytes += word.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        for (var variable : spec.environment().entrySet()) {
            bytes += assignment(variable).getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return bytes;
    }
}
