package holdfast.balance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which pools use which service of the data plane. Virtual servers of one group share its members:
/// the first makes the service, and describes it; the last takes it away.
///
/// Confined to one thread.
final class Sharing {

    private final Map<ServiceKey.Single, List<Rows>> users = new HashMap<>();

    /// Whether it is the first.
    boolean join(ServiceKey.Single member, Rows rows) {
        List<Rows> present = users.computeIfAbsent(member, _ -> new ArrayList<>());
        present.add(rows);
        return present.size() == 1;
    }

    boolean isFirst(ServiceKey.Single member, Rows rows) {
        List<Rows> present = users.getOrDefault(member, List.of());
        return !present.isEmpty() && present.getFirst() == rows;
    }

    /// Who describes the service now; empty when nobody uses it any more.
    Optional<Rows> leave(ServiceKey.Single member, Rows rows) {
        List<Rows> present = users.getOrDefault(member, new ArrayList<>());
        present.remove(rows);
        if (present.isEmpty()) {
            users.remove(member);
            return Optional.empty();
        }
        return Optional.of(present.getFirst());
    }

    /// The users of a service, in the order in which they came.
    List<Rows> users(ServiceKey.Single member) {
        return users.getOrDefault(member, List.of());
    }
}
