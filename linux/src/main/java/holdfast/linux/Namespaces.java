package holdfast.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Network namespaces (network_namespaces(7)).
///
/// A namespace belongs to a thread. Sockets belong to the namespace they were opened in, wherever
/// they are used later.
public final class Namespaces {

    static final int CLONE_NEWNET = 0x40000000;

    private Namespaces() {}

    /// Moves the calling thread to a network namespace; new threads of it start there.
    ///
    /// @param path as in `/run/netns/name` or `/proc/1/ns/net`
    public static void enterNetwork(Path path) throws SyscallException {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path.toString());
        int flags = Libc.O_RDONLY | Libc.O_CLOEXEC;
        String attempt = "enter network namespace " + path;
        try (Fd fd = Fd.made(attempt, libc.open(libc.scratch().at(0), flags, 0))) {
            SyscallException.check(attempt, libc.setns(fd.number(), CLONE_NEWNET));
        }
    }

    /// Something to be done elsewhere.
    public interface Deed<T> {
        T done() throws SyscallException;
    }

    /// Does something in another network namespace, and comes back.
    public static <T> T inNetwork(Path path, Deed<T> deed) throws SyscallException {
        Libc libc = Libc.here();
        Path home = ofThisThread();
        libc.scratch().putText(0, home.toString());
        int flags = Libc.O_RDONLY | Libc.O_CLOEXEC;
        try (Fd here = Fd.made("remember " + home, libc.open(libc.scratch().at(0), flags, 0))) {
            enterNetwork(path);
            try {
                return deed.done();
            } finally {
                SyscallException.check(
                        "come back to " + home, libc.setns(here.number(), CLONE_NEWNET));
            }
        }
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
