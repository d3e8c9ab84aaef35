package holdfast.balance;

import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.List;

/// A probe under way, and who waits for its answer.
///
/// Confined to one thread.
final class Flight {

    private final StartProbe order;
    private final MonoTime startedAt;
    private final Company company;
    private final List<Checker> waiting = new ArrayList<>(1);

    /// @param company whose probe it is
    Flight(StartProbe order, MonoTime startedAt, Company company) {
        this.order = order;
        this.startedAt = startedAt;
        this.company = company;
    }

    /// The answer is for this checker, too.
    void board(Checker checker) {
        checker.await(order.probe(), startedAt);
        waiting.add(checker);
    }

    void leave(Checker checker) {
        waiting.remove(checker);
    }

    StartProbe order() {
        return order;
    }

    Company company() {
        return company;
    }

    List<Checker> waiting() {
        return waiting;
    }
}
