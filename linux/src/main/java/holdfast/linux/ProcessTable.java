package holdfast.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The processes of this host as /proc has them (proc(5)). Threads are no processes.
public final class ProcessTable {

    /// Longer command lines are cut off.
    private static final int COMMAND_BYTES = 32 * 1024;

    private ProcessTable() {}

    /// The numbers of all processes.
    public static List<Integer> all() {
        List<Integer> pids = new ArrayList<>();
        String[] names = Path.of("/proc").toFile().list();
        for (String name : names == null ? new String[0] : names) {
            if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
                pids.add(Integer.parseInt(name));
            }
        }
        return pids;
    }

    /// The name the kernel keeps of a process; empty when it has ended, even if nobody has taken
    /// notice yet.
    public static Optional<String> name(int pid) {
        String stat = read("/proc/" + pid + "/stat");
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < open || close + 2 >= stat.length()) {
            return Optional.empty();
        }
        char state = stat.charAt(close + 2);
        return state == 'Z' || state == 'X'
                ? Optional.empty()
                : Optional.of(stat.substring(open + 1, close));
    }

    /// The words a process was started with; empty for threads of the kernel, and when it is gone.
    public static List<String> command(int pid) {
        String line = read("/proc/" + pid + "/cmdline");
        List<String> words = new ArrayList<>();
        for (int from = 0; from < line.length(); ) {
            int end = line.indexOf('\0', from);
            end = end < 0 ? line.length() : end;
            words.add(line.substring(from, end));
            from = end + 1;
        }
        return words;
    }

    private static String read(String path) {
        Libc libc = Libc.here();
        libc.scratch().putText(0, path);
        int opened = libc.open(libc.scratch().at(0), Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (opened < 0) {
            return "";
        }
        long bytes = libc.read(opened, libc.scratch().at(0), COMMAND_BYTES);
        libc.close(opened);
        byte[] text = new byte[(int) Math.max(0, bytes)];
        ByteBuffer view = libc.scratch().view();
        view.get(0, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
