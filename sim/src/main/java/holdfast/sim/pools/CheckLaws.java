package holdfast.sim.pools;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceEvent;
import holdfast.balance.BalanceSpec;
import holdfast.balance.CheckerId;
import holdfast.balance.CheckerSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.ServiceKey;
import holdfast.balance.VirtualServerSpec;
import holdfast.net.IpAddress;
import holdfast.probe.Outcome;
import holdfast.probe.ProbeSpec;
import holdfast.sim.Coverage;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When checks are made, and what they conclude.
final class CheckLaws {

    /// What is known of a check that asks for itself.
    private static final class Memo {
        private int failures;
        private boolean passed;
        private MonoTime answeredAt = MonoTime.NEVER;
    }

    private final Coverage coverage;
    private final Map<CheckerId, Memo> memos = new HashMap<>();
    private final Set<IpAddress> present = new HashSet<>();
    private int number;

    CheckLaws(Coverage coverage) {
        this.coverage = coverage;
    }

    void look(
            MonoTime now,
            BalanceSpec orders,
            BalanceEvent event,
            boolean awaited,
            List<BalanceEffect> effects,
            boolean everShared,
            Set<IpAddress> here) {
        present.clear();
        present.addAll(here);
        if (event instanceof BalanceEvent.NumberRead(_, int said)) {
            number = said;
        }
        if (event instanceof BalanceEvent.Respecified
                || event instanceof BalanceEvent.AddressPresent) {
            memos.clear(); // Who goes on and who begins anew cannot be told from here.
        }
        if (event instanceof BalanceEvent.ProbeFinished finished && awaited) {
            hear(now, finished);
        }
        for (BalanceEffect effect : effects) {
            if (effect instanceof BalanceEffect.CheckTurned turned) {
                turned(orders, event, turned, everShared);
            }
            if (effect instanceof BalanceEffect.StartProbe start) {
                VirtualServerSpec service = PoolLaws.specOf(orders, start.checker().service());
                coverage.expect(PoolLaw.SUSPENDED, !isSuspended(service), () -> "asks: " + start);
                if (!everShared) {
                    pace(now, specOf(service, start.checker()), start.checker());
                }
            }
        }
    }

    private void hear(MonoTime now, BalanceEvent.ProbeFinished finished) {
        Memo memo = memos.computeIfAbsent(finished.checker(), _ -> new Memo());
        memo.answeredAt = now;
        switch (finished.outcome()) {
            case Outcome.Passed _ -> {
                memo.failures = 0;
                memo.passed = true;
            }
            case Outcome.Failed _ -> memo.failures++;
            case Outcome.NotMade _ -> {}
        }
    }

    private void turned(
            BalanceSpec orders,
            BalanceEvent event,
            BalanceEffect.CheckTurned turned,
            boolean everShared) {
        if (turned.spec() instanceof ProbeSpec.File || turned.spec() instanceof ProbeSpec.Session) {
            return; // By what it was told, at any time.
        }
        boolean reason =
                event instanceof BalanceEvent.ProbeFinished finished
                        && (turned.up()
                                ? finished.outcome() instanceof Outcome.Passed
                                : finished.outcome() instanceof Outcome.Failed);
        coverage.expect(PoolLaw.REASONS, reason, () -> turned + " by " + event);
        Memo memo = memos.get(turned.checker());
        boolean counted = !everShared && !(turned.spec() instanceof ProbeSpec.Http);
        if (counted && !turned.up() && memo != null && memo.passed) {
            VirtualServerSpec service = PoolLaws.specOf(orders, turned.checker().service());
            int borne = specOf(service, turned.checker()).retry();
            coverage.expect(
                    PoolLaw.REASONS,
                    memo.failures == borne + 1,
                    () -> turned + " after " + memo.failures + " failures of " + borne);
        }
    }

    private void pace(MonoTime now, CheckerSpec spec, CheckerId id) {
        Memo memo = memos.get(id);
        if (memo == null
                || memo.answeredAt.equals(MonoTime.NEVER)
                || !(spec.probe() instanceof ProbeSpec.Tcp)) {
            return;
        }
        Duration rest = now.since(memo.answeredAt);
        Duration least = shorter(spec.delayLoop(), spec.delayBeforeRetry());
        coverage.expect(
                PoolLaw.PACE, rest.compareTo(least) >= 0, () -> id + " asks again after " + rest);
    }

    private static CheckerSpec specOf(VirtualServerSpec service, CheckerId id) {
        for (RealServerSpec server : service.servers()) {
            if (server.endpoint().equals(id.server())) {
                return server.checkers().get(id.index());
            }
        }
        throw new IllegalStateException("no check " + id);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    boolean isSuspended(VirtualServerSpec service) {
        if (!service.suspendWithoutAddress()) {
            return false;
        }
        for (ServiceKey.Single member : service.members()) {
            boolean here =
                    switch (member) {
                        case ServiceKey.Address(_, var endpoint) ->
                                present.contains(endpoint.address());
                        case ServiceKey.Mark _ -> true;
                    };
            if (here) {
                return false;
            }
        }
        return true;
    }

    /// What there is to think of a server that is well, or not, in the long run.
    boolean shouldBeAlive(RealServerSpec server, boolean well) {
        for (CheckerSpec checker : server.checkers()) {
            boolean good =
                    checker.probe() instanceof ProbeSpec.File file
                            ? file.contribution(number).isPresent()
                            : well;
            if (!good) {
                return false;
            }
        }
        return true;
    }
}
