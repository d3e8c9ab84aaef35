package holdfast.linux;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Users and groups, as the system's name service knows them. May block on a directory server.
public final class Accounts {

    /// A user of this host.
    public record User(String name, int uid, int gid, String home) {}

    private static final MemorySegment GETPWNAM_R = Libc.function("getpwnam_r");
    private static final MemorySegment GETPWUID_R = Libc.function("getpwuid_r");
    private static final MemorySegment GETGROUPLIST = Libc.function("getgrouplist");
    private static final MemorySegment GETGRNAM_R = Libc.function("getgrnam_r");

    /// struct passwd and struct group.
    static final int PW_NAME_OFFSET = 0;

    static final int PW_UID_OFFSET = 16;
    static final int PW_GID_OFFSET = 20;
    static final int PW_DIR_OFFSET = 32;
    static final int GR_GID_OFFSET = 16;

    private static final int FOUND = 0;
    private static final int RECORD = 16;
    private static final int NAME = 128;
    private static final int STRINGS = 1024;
    private static final int GROUPS_MAX = 1024;
    private static final int STRINGS_BYTES = 64 * 1024;
    private static final int NAME_BYTES_MAX = 512;

    private Accounts() {}

    public static Optional<User> user(String name) throws SyscallException {
        if (name.length() > NAME_BYTES_MAX / 4) {
            return Optional.empty();
        }
        Libc.here().scratch().putText(NAME, name);
        return ask(GETPWNAM_R, Libc.here().scratch().at(NAME)) ? Optional.of(found()) : none();
    }

    public static Optional<User> user(int uid) throws SyscallException {
        return ask(GETPWUID_R, uid) ? Optional.of(found()) : none();
    }

    /// The number of a group.
    public static OptionalInt group(String name) throws SyscallException {
        if (name.length() > NAME_BYTES_MAX / 4) {
            return OptionalInt.empty();
        }
        Memory memory = Libc.here().scratch();
        memory.putText(NAME, name);
        return ask(GETGRNAM_R, memory.at(NAME))
                ? OptionalInt.of(memory.view().getInt(RECORD + GR_GID_OFFSET))
                : OptionalInt.empty();
    }

    /// The numbers of all groups of a user, `gid` among them.
    public static List<Integer> groups(String name, int gid) throws SyscallException {
        if (name.length() > NAME_BYTES_MAX / 4) {
            return List.of(gid);
        }
        Libc libc = Libc.here();
        Memory memory = libc.scratch();
        memory.putText(NAME, name);
        memory.view().putInt(FOUND, GROUPS_MAX);
        long result =
                libc.call(
                        GETGROUPLIST,
                        memory.at(NAME),
                        gid,
                        memory.at(STRINGS),
                        memory.at(FOUND),
                        0,
                        0);
        SyscallException.check("look up the groups of " + name, Math.min(0, result));
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < memory.view().getInt(FOUND); i++) {
            groups.add(memory.view().getInt(STRINGS + i * Integer.BYTES));
        }
        return groups;
    }

    /// The user the calling thread acts as.
    public static int effectiveUser() {
        return Libc.here().geteuid();
    }

    public static int effectiveGroup() {
        return Libc.here().getegid();
    }

    private static Optional<User> none() {
        return Optional.empty();
    }

    private static boolean ask(MemorySegment function, long key) throws SyscallException {
        Libc libc = Libc.here();
        Memory memory = libc.scratch();
        memory.view().putLong(FOUND, 0);
        int result =
                libc.errorOf(
                        function,
                        key,
                        memory.at(RECORD),
                        memory.at(STRINGS),
                        STRINGS_BYTES,
                        memory.at(FOUND),
                        0);
        // Some name services say "not found" by an error.
        if (Errno.ENOENT.is(result) || Errno.ESRCH.is(result) || Errno.EBADF.is(result)) {
            return false;
        }
        SyscallException.check("look up an account", result);
        return memory.view().getLong(FOUND) != 0;
    }

    private static User found() {
        Memory memory = Libc.here().scratch();
        return new User(
                text(memory, RECORD + PW_NAME_OFFSET),
                memory.view().getInt(RECORD + PW_UID_OFFSET),
                memory.view().getInt(RECORD + PW_GID_OFFSET),
                text(memory, RECORD + PW_DIR_OFFSET));
    }

    /// The string that a pointer points to, which is inside our own memory.
    private static String text(Memory memory, int pointer) {
        return memory.text((int) (memory.view().getLong(pointer) - memory.at(0)));
    }
}
