package holdfast.daemon.vrrp;

import holdfast.daemon.Reporter;
import holdfast.linux.Fd;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.vrrp.VrrpEffect.RunScript;
import java.time.Duration;
import java.util.Optional;

/// Has tracked scripts run, and hears how they ended. Starting a program takes too long for the
/// loop that sends adverts, so a thread of its own does it.
///
/// Confined to the loop's thread.
final class ScriptActuator implements AutoCloseable {

    /// What the thread says.
    sealed interface Word {
        record Finished(String script, long run, boolean success) implements Word {}

        /// It takes longer than it may, and is being ended.
        record Overdue(String script, long run) implements Word {}

        /// The thread ended by an error of ours.
        record Broken(Throwable reason) implements Word {}
    }

    /// A script is not started again before it ended, so this many are never under way.
    private static final int WORDS_MAX = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Mailbox<ScriptOrder> orders;
    private final Mailbox<Word> words;
    private final Thread thread;

    ScriptActuator(Reporter reporter) throws SyscallException {
        orders = new Mailbox<>(WORDS_MAX);
        words = new Mailbox<>(WORDS_MAX);
        ScriptLoop loop = new ScriptLoop(reporter, orders, words);
        thread = new Thread(loop, "scripts");
        thread.setDaemon(true);
        thread.start();
    }

    void run(RunScript effect) {
        orders.send(new ScriptOrder.Run(effect));
    }

    /// What a loop watches for reading.
    Fd fd() {
        return words.fd();
    }

    /// The next word, if any.
    Optional<Word> receive() {
        return words.receive();
    }

    /// Ends what runs: asks first, and insists a second later.
    @Override
    public void close() {
        orders.send(new ScriptOrder.Stop());
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orders.close();
        words.close();
    }
}
