package holdfast.daemon.notify;

import holdfast.daemon.Level;
import holdfast.daemon.journal.Journal;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The door to the notify thread. Thread-safe, never blocks.
///
/// A message that finds the queue full is dropped, and said to be.
public final class Notifier implements AutoCloseable {

    private static final int MESSAGES_MAX = 8192;

    /// How long scripts that say STOP are waited for.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final int JOIN_MILLIS = 3500;

    private final Mailbox<NotifyMessage> inbox;
    private final Journal journal;
    private final String ident;
    private final Thread thread;
    private final AtomicLong dropped = new AtomicLong();

    private Notifier(Journal journal, String ident) throws SyscallException {
        this.inbox = new Mailbox<>(MESSAGES_MAX);
        this.journal = journal;
        this.ident = ident;
        this.thread = new Thread(this::run, "notify");
    }

    /// @param ident the name under which it writes to the journal
    public static Notifier start(Journal journal, String ident) throws SyscallException {
        Notifier notifier = new Notifier(journal, ident);
        notifier.thread.setDaemon(true);
        notifier.thread.start();
        return notifier;
    }

    public void tell(NotifyMessage message) {
        if (!inbox.send(message)) {
            journal.log(
                    ident,
                    Level.ERROR,
                    "Notify scripts and pipes did not hear "
                            + dropped.incrementAndGet()
                            + " facts: too many at once");
        }
    }

    private void run() {
        try {
            new NotifyLoop(inbox, (level, text) -> journal.log(ident, level, text)).run();
        } catch (SyscallException e) {
            journal.log(ident, Level.ERROR, "Notify scripts stop: " + e.getMessage());
        }
    }

    /// Lets the last words be said, and ends the thread; waits for it.
    @Override
    public void close() {
        tell(new NotifyMessage.Stop(LAST_WORDS));
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
        inbox.close();
    }
}
