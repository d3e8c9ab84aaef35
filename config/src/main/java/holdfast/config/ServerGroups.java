package holdfast.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The groups of a configuration, and how many virtual servers each has.
///
/// Confined to one thread.
final class ServerGroups {

    private final Marking marking;
    private final Map<String, ServerGroup> groups = new LinkedHashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();

    ServerGroups(Marking marking) {
        this.marking = marking;
    }

    Marking marking() {
        return marking;
    }

    boolean has(String name) {
        return groups.containsKey(name);
    }

    void put(String name, ServerGroup group) {
        groups.put(name, group);
    }

    Optional<ServerGroup> find(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /// Which of the group's virtual servers the next one is, from 0.
    int use(String name) {
        return uses.merge(name, 1, Integer::sum) - 1;
    }
}
