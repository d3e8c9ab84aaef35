package holdfast.netlink.proc;

/// Hears what the kernel says of processes. Threads of processes are not told of.
public interface ProcessListener {

    /// We are told from now on; or we are not, by a number of errno(3) other than 0.
    void onListening(int error);

    void onForked(int parent, int child);

    /// A process became another program.
    void onExecuted(int pid);

    /// A process gave itself a name.
    void onRenamed(int pid, String name);

    void onEnded(int pid);
}
