package holdfast.balance;

import holdfast.net.Endpoint;
import java.util.ArrayList;
import java.util.List;

/// One real server of a pool: alive while none of its checkers has failed.
///
/// Confined to one thread.
final class Server {

    private final RealServerSpec spec;
    private final List<Checker> checkers;
    private final Ramp ramp;
    private boolean alive;
    private boolean announced;
    private long weight;

    /// A server nobody has seen yet: trusted, unless a checker says alpha.
    Server(ServiceKey service, RealServerSpec spec, Ramp ramp, Numbers numbers) {
        this.spec = spec;
        this.ramp = ramp;
        List<Checker> fresh = new ArrayList<>(spec.checkers().size());
        for (CheckerSpec checker : spec.checkers()) {
            var id = new CheckerId(service, spec.endpoint(), fresh.size());
            fresh.add(new Checker(id, checker, !checker.alpha()));
        }
        this.checkers = fresh;
        believe(numbers);
    }

    /// The same server under other orders. What is checked as before keeps what it has learned; a
    /// new alpha checker does not pull down a server that works.
    Server(ServiceKey service, RealServerSpec spec, Ramp ramp, Server before, Numbers numbers) {
        this.spec = spec;
        this.ramp = ramp;
        this.announced = before.announced;
        List<Checker> free = new ArrayList<>(before.checkers);
        this.checkers = new ArrayList<>(spec.checkers().size());
        for (CheckerSpec checker : spec.checkers()) {
            var id = new CheckerId(service, spec.endpoint(), checkers.size());
            Checker learned = null;
            for (Checker candidate : free) {
                boolean fits = candidate.hasLearnedAbout(checker);
                if (fits && (learned == null || candidate.id().equals(id))) {
                    learned = candidate;
                }
            }
            if (learned == null) {
                checkers.add(new Checker(id, checker, before.alive || !checker.alpha()));
                continue;
            }
            free.remove(learned);
            boolean same = learned.id().equals(id) && learned.spec().equals(checker);
            checkers.add(same ? learned : new Checker(id, checker, learned));
        }
        believe(numbers);
    }

    private void believe(Numbers numbers) {
        for (Checker checker : checkers) {
            checker.believe(numbers);
        }
        recount();
    }

    /// Says what its files have it believe, unless that was said; true if it fails by that.
    boolean reveal(Numbers numbers, List<BalanceEffect> out) {
        boolean failing = false;
        for (Checker checker : checkers) {
            failing |= checker.reveal(numbers, out);
        }
        return failing;
    }

    /// Something to be heard by those checkers that are told.
    interface Word {

        /// @return whether it is about this one
        boolean heardBy(Checker checker, List<BalanceEffect> out);
    }

    /// Hears something that checkers are told; true if that is about it.
    boolean hear(Word word, List<BalanceEffect> out) {
        boolean concerned = false;
        for (Checker checker : checkers) {
            concerned |= word.heardBy(checker, out);
        }
        return concerned;
    }

    /// Draws the sum of what the checkers say.
    void recount() {
        alive = checkersAgree();
        weight = checkedWeight();
    }

    /// Whether the checkers say something else than they did when the sum was drawn.
    boolean isStale() {
        return alive != checkersAgree() || weight != checkedWeight();
    }

    private boolean checkersAgree() {
        for (Checker checker : checkers) {
            if (!checker.isUp()) {
                return false;
            }
        }
        return true;
    }

    private long checkedWeight() {
        long sum = spec.weight();
        for (Checker checker : checkers) {
            sum += checker.contribution(spec.weight());
        }
        return sum;
    }

    /// Notes that scripts have heard of the present state; true if they had not before.
    boolean announce() {
        boolean news = !announced;
        announced = true;
        return news;
    }

    /// Whether scripts have heard of this server.
    boolean isAnnounced() {
        return announced;
    }

    boolean isAlive() {
        return alive;
    }

    List<ServiceStatus.CheckStatus> checks() {
        List<ServiceStatus.CheckStatus> checks = new ArrayList<>(checkers.size());
        for (Checker checker : checkers) {
            checks.add(new ServiceStatus.CheckStatus(checker.spec().probe(), checker.isUp()));
        }
        return checks;
    }

    /// The effective weight as a data plane can hold it.
    int weight() {
        return Math.clamp(weight, 0, Integer.MAX_VALUE);
    }

    /// What this server brings to the quorum.
    long liveWeight() {
        return alive ? Math.max(0, weight) : 0;
    }

    /// Its row, at its own weight, at what a slow start gives it of that, or at none.
    Destination row(boolean serving) {
        return new Destination(
                spec.endpoint(),
                serving ? ramp.of(weight()) : 0,
                spec.forwarding(),
                spec.upperThreshold(),
                spec.lowerThreshold());
    }

    Endpoint endpoint() {
        return spec.endpoint();
    }

    RealServerSpec spec() {
        return spec;
    }

    Ramp ramp() {
        return ramp;
    }

    List<Checker> checkers() {
        return checkers;
    }
}
