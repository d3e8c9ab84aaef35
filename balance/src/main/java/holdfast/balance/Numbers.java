package holdfast.balance;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What those checkers depend on that are told: numbers in files, and sessions of BFD.
final class Numbers {

    private final Map<String, Integer> said = new HashMap<>();
    private final Map<String, Boolean> sessions = new HashMap<>();

    void hear(String path, int number) {
        said.put(path, number);
    }

    void hearSession(String name, boolean up) {
        sessions.put(name, up);
    }

    boolean isEmpty() {
        return said.isEmpty() && sessions.isEmpty();
    }

    /// A file that nothing was heard of says 0.
    int of(String path) {
        return said.getOrDefault(path, 0);
    }

    /// Whether a session is up, if anything was heard of it.
    Optional<Boolean> ofSession(String name) {
        return Optional.ofNullable(sessions.get(name));
    }
}
