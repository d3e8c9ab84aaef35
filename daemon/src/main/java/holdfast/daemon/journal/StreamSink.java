package holdfast.daemon.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/// A stream of bytes: the console, or a log file.
public final class StreamSink implements Sink {

    private final OutputStream out;
    private final ZoneId zone;
    private final boolean nanos;
    private final boolean flushEach;

    private StreamSink(OutputStream out, ZoneId zone, boolean nanos, boolean flushEach) {
        this.out = out;
        this.zone = zone;
        this.nanos = nanos;
        this.flushEach = flushEach;
    }

    public static StreamSink console(OutputStream out, ZoneId zone) {
        return new StreamSink(out, zone, false, true);
    }

    public static StreamSink file(OutputStream out, ZoneId zone, boolean flushEach) {
        return new StreamSink(out, zone, true, flushEach);
    }

    @Override
    public void write(Entry entry) {
        Stamp stamp = Stamp.of(entry.at(), zone);
        String line = (nanos ? stamp.file() : stamp.console()) + ": " + entry.text() + "\n";
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            if (flushEach) {
                out.flush();
            }
        } catch (IOException ignored) {
            // A closed console or a full disk must not stop the daemon.
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException ignored) {
            // As for a line that cannot be written.
        }
    }

    @Override
    public void close() {
        flush();
    }
}
