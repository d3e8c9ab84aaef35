package holdfast.balance;

import holdfast.balance.BalanceEffect.AbandonProbe;
import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.probe.ProbeSpec;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who asks when, and who asks together with whom.
///
/// A checker on the list is either on the agenda or waits for a probe. When one asks, all of its
/// company whose next question is the same ask with it, whenever they would have: one probe is
/// made, and each draws its own conclusion. One that comes to ask while the same is being asked
/// waits for that answer.
///
/// Confined to one thread.
final class Rounds {

    /// What checkers of one company have in common.
    private record Terms(
            ProbeSpec probe,
            Duration delayLoop,
            Duration connectTimeout,
            int retry,
            Duration delayBeforeRetry,
            Duration warmup) {

        static Terms of(CheckerSpec spec) {
            return new Terms(
                    spec.probe(),
                    spec.delayLoop(),
                    spec.connectTimeout(),
                    spec.retry(),
                    spec.delayBeforeRetry(),
                    spec.warmup());
        }

        // Written out: made for each checker, and what is asked tells nearly all of them apart.
        @Override
        public int hashCode() {
            return probe.hashCode();
        }
    }

    private final Agenda<Checker> agenda = new Agenda<>();
    private final Map<Checker, Company> places = new LinkedHashMap<>();
    private final Map<Terms, Company> companies = new HashMap<>();
    private final Map<Long, Flight> flights = new HashMap<>();
    private boolean shared;
    private long probes;

    /// @param shared whether checkers ask together at all
    Rounds(boolean shared) {
        this.shared = shared;
    }

    /// From now on checkers ask together, or each for itself.
    void share(boolean together) {
        if (shared == together) {
            return;
        }
        shared = together;
        companies.clear();
        // Answers under way are for whoever waits for them.
        places.replaceAll((checker, _) -> companyOf(checker));
    }

    boolean lists(Checker checker) {
        return places.containsKey(checker);
    }

    /// Puts a checker on the list.
    void enlist(Checker checker, MonoTime firstAt) {
        places.put(checker, companyOf(checker));
        agenda.put(checker.entry(), firstAt);
    }

    private Company companyOf(Checker checker) {
        Company company =
                shared
                        ? companies.computeIfAbsent(Terms.of(checker.spec()), _ -> new Company())
                        : new Company();
        company.join(checker);
        return company;
    }

    /// Takes a checker off the list. What nobody else waits for is not wanted any more.
    void dismiss(Checker checker, List<BalanceEffect> out) {
        @Nullable Company company = places.remove(checker);
        if (company == null) {
            return;
        }
        company.leave(checker);
        if (company.isEmpty()) {
            companies.remove(Terms.of(checker.spec()), company);
        }
        agenda.strike(checker.entry());
        @Nullable Flight flight = flights.get(checker.awaited());
        if (flight != null) {
            checker.forget();
            flight.leave(checker);
            if (flight.waiting().isEmpty()) {
                end(flight);
                out.add(new AbandonProbe(flight.order().checker(), flight.order().probe()));
            }
        }
    }

    MonoTime firstAt() {
        return agenda.firstAt();
    }

    /// Lets ask whose time has come.
    void ask(MonoTime now, List<BalanceEffect> out) {
        while (!agenda.firstAt().isAfter(now)) {
            Checker first = agenda.takeFirst();
            Company company = Objects.requireNonNull(places.get(first), "not on the list");
            Flight flight = flightOf(company, first);
            if (flight == null) {
                flight = begin(now, company, first);
                out.add(flight.order());
            } else {
                flight.board(first);
            }
        }
    }

    private static @Nullable Flight flightOf(Company company, Checker checker) {
        for (Flight flight : company.flights()) {
            if (flight.order().step() == checker.step()) {
                return flight;
            }
        }
        return null;
    }

    private Flight begin(MonoTime now, Company company, Checker first) {
        StartProbe order = first.question(++probes);
        Flight flight = new Flight(order, now, company);
        flight.board(first);
        for (Checker other : company.members()) {
            if (other.isIdle() && other.step() == order.step()) {
                agenda.strike(other.entry());
                flight.board(other);
            }
        }
        flights.put(order.probe(), flight);
        company.flights().add(flight);
        return flight;
    }

    /// An answer has come; these wait for it, and are on the agenda again when they have it.
    List<Checker> answered(long probe) {
        Flight flight = flights.get(probe);
        if (flight == null) {
            return List.of();
        }
        end(flight);
        return flight.waiting();
    }

    private void end(Flight flight) {
        flights.remove(flight.order().probe());
        flight.company().flights().remove(flight);
    }

    /// When a checker wants to ask next.
    void resume(Checker checker, MonoTime nextAt) {
        agenda.put(checker.entry(), nextAt);
    }
}
