package holdfast.daemon.bfd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// What is so of sessions, on its way to one who depends on it. Of words about the same session
/// only the last counts, so that none is ever lost for lack of room. Confined to one thread.
final class Verdicts {

    private final Map<String, Boolean> waiting = new LinkedHashMap<>();

    void put(String session, boolean up) {
        waiting.put(session, up);
    }

    /// Hands over all at once.
    ///
    /// @param receiver says whether there was room
    /// @return whether nothing waits any longer
    boolean flush(Predicate<Map<String, Boolean>> receiver) {
        if (!waiting.isEmpty() && receiver.test(waiting)) {
            waiting.clear();
        }
        return waiting.isEmpty();
    }
}
