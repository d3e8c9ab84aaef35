package holdfast.daemon.balance;

import holdfast.linux.Accounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The permission to open sockets for echoes, which the kernel gives to groups (`ping_group_range`,
/// icmp(7)). It is widened to ours when that is needed, and put back at the end.
///
/// Confined to a thread of the network namespace that it is about.
final class PingPermission implements AutoCloseable {

    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ping_group_range");

    /// More than two numbers take.
    private static final int TEXT_BYTES = 64;

    private record Change(String before, String after) {}

    private final Path range;
    private final int group;
    private boolean tried;
    private Optional<Change> change = Optional.empty();

    PingPermission() {
        this(RANGE, Accounts.effectiveGroup());
    }

    PingPermission(Path range, int group) {
        this.range = range;
        this.group = group;
    }

    /// Widens the range, once; false when that did not work, or did not help before.
    boolean widen() {
        if (tried) {
            return false;
        }
        tried = true;
        try {
            String before = read();
            String after = widened(before);
            Files.writeString(range, after);
            change = Optional.of(new Change(before, after));
            return true;
        } catch (IOException | NumberFormatException _) {
            return false; // Not ours to change here; there are raw sockets.
        }
    }

    /// Two numbers, of which the first is the greater when nobody has the permission.
    private String widened(String before) {
        int gap = before.indexOf('\t');
        long low = Long.parseLong(before.substring(0, Math.max(gap, 0)));
        long high = Long.parseLong(before.substring(gap + 1));
        boolean nobody = low > high;
        return (nobody ? group : Math.min(low, group))
                + "\t"
                + (nobody ? group : Math.max(high, group));
    }

    /// In one go, since the kernel has nothing to say to who comes back for the rest.
    private String read() throws IOException {
        byte[] text = new byte[TEXT_BYTES];
        try (InputStream in = Files.newInputStream(range)) {
            int count = Math.max(0, in.read(text));
            return new String(text, 0, count, StandardCharsets.US_ASCII).strip();
        }
    }

    /// What somebody else has set meanwhile is his, and stays.
    @Override
    public void close() {
        try {
            if (change.isPresent() && read().equals(change.get().after())) {
                Files.writeString(range, change.get().before());
            }
        } catch (IOException _) {
            // The namespace is going away, or was taken from us.
        }
        change = Optional.empty();
    }
}
