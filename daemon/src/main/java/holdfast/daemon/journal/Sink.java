package holdfast.daemon.journal;

/// Somewhere lines are written to. Used by the journal's thread alone, and may block it.
public interface Sink {

    /// Writes one line. What cannot be written is lost, for there is nobody left to tell.
    void write(Entry entry);

    /// Brings to its end what was written so far.
    default void flush() {}

    default void close() {}
}
