package holdfast.balance;

import java.util.HashMap;
import java.util.Map;

/// What the tracked files say. One that nothing was heard of says 0.
final class Numbers {

    private final Map<String, Integer> said = new HashMap<>();

    void hear(String path, int number) {
        said.put(path, number);
    }

    boolean isEmpty() {
        return said.isEmpty();
    }

    int of(String path) {
        return said.getOrDefault(path, 0);
    }
}
