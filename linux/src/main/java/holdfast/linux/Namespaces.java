package holdfast.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Network namespaces (network_namespaces(7)), and those of mounts (mount_namespaces(7)).
///
/// A namespace belongs to a thread. Sockets belong to the namespace they were opened in, wherever
/// they are used later.
public final class Namespaces {

    static final int CLONE_NEWNET = 0x40000000;
    static final int CLONE_NEWNS = 0x20000;
    private static final int MS_BIND = 0x1000;
    private static final int MS_REC = 0x4000;
    private static final int MS_SLAVE = 0x80000;
    private static final int MNT_DETACH = 2;

    private static final Path NAMED = Path.of("/run/netns");

    private Namespaces() {}

    /// Where a network namespace is that has a name (ip-netns(8)).
    public static Path named(String name) {
        return NAMED.resolve(name);
    }

    /// Moves the calling thread to a network namespace; new threads of it start there.
    ///
    /// @param path as in `/run/netns/name` or `/proc/1/ns/net`
    public static void enterNetwork(Path path) throws SyscallException {
        String attempt = "enter network namespace " + path;
        try (Fd fd = open(attempt, path)) {
            SyscallException.check(attempt, Libc.here().setns(fd.number(), CLONE_NEWNET));
        }
    }

    private static Fd open(String attempt, Path path) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path.toString());
        int flags = Libc.O_RDONLY | Libc.O_CLOEXEC;
        return Fd.made(attempt, libc.open(libc.scratch().at(0), flags, 0));
    }

    /// Something to be done elsewhere.
    public interface Deed<T> {
        T done() throws SyscallException;
    }

    /// Does something in another network namespace, and comes back.
    public static <T> T inNetwork(Path path, Deed<T> deed) throws SyscallException {
        Path home = ofThisThread();
        try (Fd here = open("remember " + home, home)) {
            enterNetwork(path);
            try {
                return deed.done();
            } finally {
                SyscallException.check(
                        "come back to " + home, Libc.here().setns(here.number(), CLONE_NEWNET));
            }
        }
    }

    /// Moves the calling thread to mounts of its own, which those outside do not see; new threads
    /// and processes of it start there. What is mounted outside later is seen.
    public static void unshareMounts() throws SyscallException {
        Libc libc = Libc.here();
        SyscallException.check("unshare mounts", libc.unshare(CLONE_NEWNS));
        libc.scratch().putText(0, "/");
        long root = libc.scratch().at(0);
        SyscallException.check("unshare mounts", libc.mount(root, root, 0, MS_REC | MS_SLAVE, 0));
    }

    /// Lets a directory be seen in the place of another, too.
    public static void bindMount(Path what, Path where) throws SyscallException {
        Libc libc = Libc.here();
        int behind = libc.scratch().putText(0, what.toString());
        libc.scratch().putText(behind, where.toString());
        SyscallException.check(
                "mount " + what + " on " + where,
                libc.mount(libc.scratch().at(0), libc.scratch().at(behind), 0, MS_BIND, 0));
    }

    /// Takes away what was mounted there last.
    public static void unmount(Path where) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, where.toString());
        SyscallException.check("unmount " + where, libc.umount2(libc.scratch().at(0), MNT_DETACH));
    }

    /// Moves the calling thread to a new network namespace, which has nothing but a loopback that
    /// is down, and which ends with its last thread and socket.
    public static void unshareNetwork() throws SyscallException {
        SyscallException.check("make a network namespace", Libc.here().unshare(CLONE_NEWNET));
    }

    /// What tells the calling thread's network namespace from all others that are there now.
    public static long numberOfThisThread() throws IOException {
        return (Long) Files.getAttribute(ofThisThread(), "unix:ino");
    }

    /// The path of the calling thread's namespace, valid while the thread lives and stays there.
    public static Path ofThisThread() {
        return Path.of("/proc/self/task/" + Libc.here().gettid() + "/ns/net");
    }
}
