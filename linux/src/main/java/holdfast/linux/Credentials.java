package holdfast.linux;

import holdfast.script.Identity;
import java.util.List;

/// Who the calling thread is for the kernel, so that it can be somebody else for a while.
///
/// Raw system calls change one thread; the C library's functions of the same names would change
/// all of them. Confined to the thread that asked.
final class Credentials {

    static final int SYS_SETRESUID = Libc.X86 ? 117 : 147;
    static final int SYS_SETRESGID = Libc.X86 ? 119 : 149;
    static final int SYS_SETGROUPS = Libc.X86 ? 116 : 159;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    private final Libc libc = Libc.here();
    private final int uid = libc.geteuid();
    private final int gid = libc.getegid();
    private final int[] groups;
    private boolean other;

    private Credentials() throws SyscallException {
        int count = (int) SyscallException.check("read own groups", libc.getgroups(0, 0));
        libc.getgroups(count, libc.scratch().at(0));
        groups = new int[count];
        for (int i = 0; i < count; i++) {
            groups[i] = libc.scratch().view().getInt(i * Integer.BYTES);
        }
    }

    static Credentials ofThisThread() throws SyscallException {
        return new Credentials();
    }

    /// Becomes `whom`, with no further groups than it says; the way back stays open to us, not to
    /// programs that are started now.
    void become(Identity whom) throws SyscallException {
        if (uid != 0 && whom.uid() == uid && whom.gid() == gid) {
            return;
        }
        other = true;
        try {
            libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL);
            int count = put(whom.groups());
            check(whom, libc.syscall(SYS_SETGROUPS, count, libc.scratch().at(0), 0, 0));
            check(whom, libc.syscall(SYS_SETRESGID, whom.gid(), whom.gid(), gid, 0));
            check(whom, libc.syscall(SYS_SETRESUID, whom.uid(), whom.uid(), uid, 0));
        } catch (SyscallException e) {
            restore();
            throw e;
        }
    }

    private int put(List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            libc.scratch().view().putInt(i * Integer.BYTES, numbers.get(i));
        }
        return numbers.size();
    }

    private static void check(Identity whom, long result) throws SyscallException {
        SyscallException.check("become user " + whom.user(), result);
    }

    /// Becomes again who we were. A thread that could not would be a trap, so that is the end.
    void restore() {
        if (!other) {
            return;
        }
        for (int i = 0; i < groups.length; i++) {
            libc.scratch().view().putInt(i * Integer.BYTES, groups[i]);
        }
        long result = libc.syscall(SYS_SETRESUID, uid, uid, uid, 0);
        result |= libc.syscall(SYS_SETRESGID, gid, gid, gid, 0);
        if (uid == 0) {
            result |= libc.syscall(SYS_SETGROUPS, groups.length, libc.scratch().at(0), 0, 0);
        }
        if (result != 0) {
            throw new IllegalStateException("cannot become user " + uid + " again");
        }
        other = false;
    }
}
