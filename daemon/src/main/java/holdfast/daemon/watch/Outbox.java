package holdfast.daemon.watch;

import holdfast.linux.Mailbox;
import java.util.LinkedHashMap;
import java.util.Map;

/// Words on their way to the routers' loop: of those about the same thing, only the last counts, so
/// that none is ever lost for lack of room. Confined to one thread.
final class Outbox {

    private final Mailbox<WatchWord> words;
    private final Map<String, WatchWord> waiting = new LinkedHashMap<>();

    Outbox(Mailbox<WatchWord> words) {
        this.words = words;
    }

    /// @param about what kind of thing, and which
    void put(String about, WatchWord word) {
        waiting.remove(about);
        waiting.put(about, word);
    }

    /// Sends what there is room for.
    void flush() {
        waiting.values().removeIf(words::send);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
