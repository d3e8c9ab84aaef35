package holdfast.linux;

import java.nio.file.Path;

/// Who may do what with files, and what new files start with.
public final class Permissions {

    private Permissions() {}

    /// Sets the mode bits that new files of the whole process do not get; returns the old ones.
    public static int umask(int mask) {
        return Libc.here().umask(mask);
    }

    /// @param mode permission bits, as in `0640`
    public static void mode(Path path, int mode) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path.toString());
        SyscallException.check(
                "change the mode of " + path, libc.chmod(libc.scratch().at(0), mode));
    }

    public static void owner(Path path, int uid, int gid) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path.toString());
        SyscallException.check(
                "change the owner of " + path, libc.chown(libc.scratch().at(0), uid, gid));
    }
}
