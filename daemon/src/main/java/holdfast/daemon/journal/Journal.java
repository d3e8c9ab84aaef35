package holdfast.daemon.journal;

import holdfast.daemon.Level;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The log of a process. Thread-safe; never blocks who writes.
///
/// A line that finds the queue full is dropped, and the loss is a line itself as soon as there is
/// room again.
public final class Journal implements AutoCloseable {

    /// Enough for a start with a thousand instances.
    private static final int LINES_MAX = 8192;

    private static final int CLOSE_MILLIS_MAX = 1000;

    private static final Entry END = new Entry(Instant.EPOCH, "", Level.DEBUG, "");

    private final BlockingQueue<Entry> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final List<Sink> sinks;
    private final Thread writer;
    private final boolean detail;

    /// How many lost lines the writer has spoken of.
    private long reported;

    private Journal(List<Sink> sinks, boolean detail, int linesMax) {
        this.queue = new ArrayBlockingQueue<>(linesMax);
        this.sinks = List.copyOf(sinks);
        this.detail = detail;
        this.writer = new Thread(this::write, "journal");
    }

    /// Starts a journal, and its thread.
    ///
    /// @param detail whether lines of [Level#DEBUG] are kept
    public static Journal start(List<Sink> sinks, boolean detail) {
        return start(sinks, detail, LINES_MAX);
    }

    static Journal start(List<Sink> sinks, boolean detail, int linesMax) {
        Journal journal = new Journal(sinks, detail, linesMax);
        journal.writer.setDaemon(true);
        journal.writer.start();
        return journal;
    }

    /// Writes each line of `text` as a line of its own.
    public void log(String ident, Level level, String text) {
        if (level == Level.DEBUG && !detail) {
            return;
        }
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            offer(ident, level, text.substring(start, end));
            start = end + 1;
        }
        if (start < text.length() || text.isEmpty()) {
            offer(ident, level, text.substring(start));
        }
    }

    /// How many lines were lost because they came too fast.
    public long dropped() {
        return dropped.get();
    }

    private void offer(String ident, Level level, String line) {
        if (!queue.offer(new Entry(Instant.now(), ident, level, line))) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        try {
            String ident = "";
            for (Entry entry = queue.take(); !entry.equals(END); entry = queue.take()) {
                ident = entry.ident();
                for (Sink sink : sinks) {
                    sink.write(entry);
                }
                if (queue.isEmpty()) {
                    sayWhatWasLost(ident);
                    sinks.forEach(Sink::flush);
                }
            }
            sayWhatWasLost(ident);
        } catch (InterruptedException ignored) {
            // The process ends.
        }
        sinks.forEach(Sink::close);
    }

    private void sayWhatWasLost(String ident) {
        long lost = dropped.get() - reported;
        if (lost > 0) {
            reported += lost;
            String text = lost + " log lines were lost: they came too fast";
            Entry loss = new Entry(Instant.now(), ident, Level.WARNING, text);
            sinks.forEach(sink -> sink.write(loss));
        }
    }

    /// Writes what is left, for a second at most.
    @Override
    public void close() {
        try {
            if (queue.offer(END, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                writer.join(CLOSE_MILLIS_MAX);
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
