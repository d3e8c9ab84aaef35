package holdfast.daemon;

import holdfast.linux.Fd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the frames that [CheckersProcess] writes. Confined to one thread at a time.
final class OrdersReader {

    /// What the main process wants.
    sealed interface Order {
        /// @param source a configuration as [holdfast.config.SourceBundle] encodes it
        record Configure(long number, byte[] source) implements Order {}

        /// The configuration is the one that came last: read it again, since what it names may be
        /// other than it was.
        record Repeat(long number) implements Order {}

        record Dump() implements Order {}

        record DumpJson() implements Order {}

        /// A session of BFD is up or down.
        record SessionIs(String name, boolean up) implements Order {}

        /// End, and let the services stay in the kernel.
        record Leave() implements Order {}

        /// Also said by the end of the pipe: nobody is there any more.
        record Stop() implements Order {}
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BUNDLE_BYTES_MAX = 256 * 1024 * 1024;

    private final Fd fd;
    private ByteBuffer read = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    OrdersReader(Fd fd) {
        this.fd = fd;
    }

    Fd fd() {
        return fd;
    }

    /// Waits for the next order.
    Order await() throws IOException {
        while (true) {
            Optional<Order> order = next();
            if (order.isPresent()) {
                return order.get();
            }
            if (!more()) {
                return new Order.Stop();
            }
        }
    }

    /// Reads once from the pipe. False at its end.
    boolean more() {
        if (read.limit() == read.capacity() && read.position() == 0) {
            read = ByteBuffer.allocate(read.capacity() * 2).put(read).flip();
        }
        read.compact();
        long count = fd.read(read);
        read.flip();
        return count > 0;
    }

    /// An order that has come whole, if there is one.
    Optional<Order> next() throws IOException {
        int end = newline();
        if (end < 0) {
            return Optional.empty();
        }
        byte[] line = new byte[end - read.position()];
        read.get(read.position(), line);
        String[] words = new String(line, StandardCharsets.UTF_8).split(" ", 3);
        return switch (words[0]) {
            case "config" -> configure(end, words);
            case "same" -> taken(end, new Order.Repeat(Long.parseLong(words[1])));
            case "session" -> taken(end, new Order.SessionIs(words[2], words[1].equals("up")));
            case "dump" -> taken(end, new Order.Dump());
            case "json" -> taken(end, new Order.DumpJson());
            case "leave" -> taken(end, new Order.Leave());
            case "stop" -> taken(end, new Order.Stop());
            default -> throw new IOException("not an order: " + words[0]);
        };
    }

    private Optional<Order> configure(int end, String[] words) throws IOException {
        int length = Integer.parseInt(words[2]);
        if (length < 0 || length > BUNDLE_BYTES_MAX) {
            throw new IOException("a configuration of " + length + " bytes");
        }
        if (read.limit() - (end + 1) < length) {
            return Optional.empty();
        }
        byte[] source = new byte[length];
        read.get(end + 1, source);
        return taken(end + length, new Order.Configure(Long.parseLong(words[1]), source));
    }

    private Optional<Order> taken(int last, Order order) {
        read.position(last + 1);
        if (!read.hasRemaining() && read.capacity() > BUFFER_BYTES) {
            read = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
        }
        return Optional.of(order);
    }

    private int newline() {
        for (int at = read.position(); at < read.limit(); at++) {
            if (read.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }
}
