package holdfast.linux;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue into a loop: any thread sends, the loop that watches [#fd] receives.
///
/// Thread-safe, as only this class and the notify queue are. When full, a message is refused, and
/// the sender decides what that means.
public final class Mailbox<T> implements AutoCloseable {

    private static final int EFD_CLOEXEC = Libc.O_CLOEXEC;
    private static final int EFD_NONBLOCK = Libc.O_NONBLOCK;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<T> messages = new ArrayDeque<>();
    private final int capacity;
    private final Fd bell;

    public Mailbox(int capacity) throws SyscallException {
        this.capacity = capacity;
        this.bell = Fd.made("make a mailbox", Libc.here().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    }

    /// Puts a message in and wakes the receiver. False when the box is full or closed.
    public boolean send(T message) {
        lock.lock();
        try {
            if (!bell.isOpen() || messages.size() >= capacity) {
                return false;
            }
            messages.add(message);
            ring();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The oldest message, if any. Call it until it is empty, or the loop is told again.
    public Optional<T> receive() {
        lock.lock();
        try {
            Optional<T> oldest = Optional.ofNullable(messages.poll());
            if (messages.isEmpty() && bell.isOpen()) {
                silence();
            }
            return oldest;
        } finally {
            lock.unlock();
        }
    }

    /// What a loop watches for reading.
    public Fd fd() {
        return bell;
    }

    private void ring() {
        Libc libc = Libc.here();
        libc.scratch().view().putLong(0, 1);
        libc.write(bell.number(), libc.scratch().at(0), Long.BYTES);
    }

    private void silence() {
        Libc libc = Libc.here();
        libc.read(bell.number(), libc.scratch().at(0), Long.BYTES);
    }

    /// Messages sent from now on are refused; those inside are lost.
    @Override
    public void close() {
        lock.lock();
        try {
            bell.close();
            messages.clear();
        } finally {
            lock.unlock();
        }
    }
}
