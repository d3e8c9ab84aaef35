package holdfast.daemon.watch;

import holdfast.daemon.Reporter;
import holdfast.linux.Fd;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.vrrp.Watching;
import java.time.Duration;
import java.util.Optional;

/// The watching thread, seen from the routers' loop. It lives in the network namespace of who makes
/// this. Confined to the loop's thread.
public final class WatchPort implements AutoCloseable {

    private static final int ORDERS_MAX = 64;
    private static final int WORDS_MAX = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Mailbox<WatchOrder> orders;
    private final Mailbox<WatchWord> words;
    private final Thread thread;

    public WatchPort(Reporter reporter, ProcessBuffer buffer) throws SyscallException {
        orders = new Mailbox<>(ORDERS_MAX);
        words = new Mailbox<>(WORDS_MAX);
        thread = new Thread(new WatchLoop(reporter, buffer, orders, words), "watch");
        thread.setDaemon(true);
        thread.start();
    }

    /// Watches this from now on; whatever is new is told, and what changed.
    public void follow(Watching watching) {
        orders.send(new WatchOrder.Follow(watching));
    }

    /// What a loop watches for reading.
    public Fd fd() {
        return words.fd();
    }

    /// The next word, if any.
    public Optional<WatchWord> receive() {
        return words.receive();
    }

    @Override
    public void close() {
        orders.send(new WatchOrder.Stop());
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orders.close();
        words.close();
    }
}
