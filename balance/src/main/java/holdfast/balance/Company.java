package holdfast.balance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Checkers that would ask the same at the same pace, and may therefore ask together.
///
/// Confined to one thread.
final class Company {

    private final Set<Checker> members = new LinkedHashSet<>();
    private final List<Flight> flights = new ArrayList<>(1);

    void join(Checker checker) {
        members.add(checker);
    }

    void leave(Checker checker) {
        members.remove(checker);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /// In the order in which they came.
    Iterable<Checker> members() {
        return members;
    }

    /// The probes that its members wait for, as long as they are under way.
    List<Flight> flights() {
        return flights;
    }
}
