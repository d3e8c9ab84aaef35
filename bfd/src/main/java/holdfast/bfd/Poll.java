package holdfast.bfd;

/// A poll sequence: the bit is set in what is sent until the neighbour confirms (RFC 5880, section
/// 6.5).
final class Poll {

    private boolean running;

    /// Whether something changed since the first poll of the running sequence was sent, so that its
    /// end does not mean that the neighbour knows.
    private boolean again;

    private boolean sent;

    boolean isRunning() {
        return running;
    }

    void start() {
        again = running && sent;
        running = true;
    }

    void sent() {
        sent = true;
    }

    /// The neighbour confirmed.
    ///
    /// @return whether it knows all that it was to be told
    boolean confirm() {
        if (!running || !sent) {
            return false;
        }
        running = again;
        again = false;
        sent = false;
        return !running;
    }

    void cancel() {
        running = false;
        again = false;
        sent = false;
    }
}
