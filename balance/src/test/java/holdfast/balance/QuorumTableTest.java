package holdfast.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEvent.DeadlineReached;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.BalanceEvent.Started;
import holdfast.probe.Outcome;
import holdfast.time.MonoTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Every pool of three servers that is small enough, walked through by verdicts.
class QuorumTableTest {

    private static final int SERVERS = 3;
    private static final int WEIGHTS = 3;
    private static final int VERDICTS = 200;

    /// What the sorry server is like: there is none, it comes and goes, it stays without weight,
    /// or it is one of the servers.
    private enum Sorry {
        NONE,
        PLAIN,
        INHIBITED,
        FIRST_SERVER
    }

    @Test
    void thePlaneHoldsWhatTheLivingAskFor() {
        int pools = 0;
        for (int weights = 0; weights < WEIGHTS * WEIGHTS * WEIGHTS; weights++) {
            for (int quorum = 1; quorum <= 3; quorum++) {
                for (int hysteresis = 0; hysteresis <= 1; hysteresis++) {
                    for (Sorry sorry : Sorry.values()) {
                        boolean inhibit = (weights + quorum) % 2 == 0;
                        walk(pool(weights, quorum, hysteresis, sorry, inhibit), pools);
                        pools++;
                    }
                }
            }
        }
        assertEquals(648, pools);
    }

    private static VirtualServerSpec pool(
            int weights, int quorum, int hysteresis, Sorry sorry, boolean inhibit) {
        RealServerSpec[] servers = new RealServerSpec[SERVERS];
        int left = weights;
        for (int i = 0; i < SERVERS; i++) {
            servers[i] = Specs.real(i + 1, left % WEIGHTS, inhibit, Specs.tcp(0));
            left /= WEIGHTS;
        }
        var pool = Specs.quorum(Specs.web(servers), quorum, hysteresis);
        return switch (sorry) {
            case NONE -> pool;
            case PLAIN -> Specs.sorry(pool, Specs.SORRY, false);
            case INHIBITED -> Specs.sorry(pool, Specs.SORRY, true);
            case FIRST_SERVER -> Specs.sorry(pool, Specs.server(1), inhibit);
        };
    }

    /// All orders of three verdicts come up many times in a walk this long.
    private static void walk(VirtualServerSpec pool, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Run run = new Run(pool);
        for (int i = 0; i < VERDICTS; i++) {
            run.verdict(random.nextInt(SERVERS), random.nextBoolean());
        }
    }

    /// One life of a pool, with an account of its own of who is alive and whether they suffice.
    private static final class Run {
        private final BalanceNode node;
        private final PlaneModel plane = new PlaneModel();
        private final boolean[] alive = {true, true, true};
        private final VirtualServerSpec pool;
        private boolean quorumUp;
        private MonoTime now = new MonoTime(0);

        Run(VirtualServerSpec pool) {
            this.pool = pool;
            this.node = new BalanceNode(Specs.node(pool), 0);
            plane.carryOut(node.on(now, new Started()));
            settle();
        }

        /// A round of checks in which one server may turn out otherwise than last time.
        void verdict(int server, boolean up) {
            now = node.deadline();
            alive[server] = up;
            Set<Integer> known = new HashSet<>();
            for (BalanceEffect effect : node.on(now, new DeadlineReached())) {
                if (effect instanceof BalanceEffect.StartProbe start) {
                    int index = start.checker().server().address().octets()[3] - 1;
                    answer(start, alive[index]);
                    known.add(index);
                }
            }
            assertEquals(Set.of(0, 1, 2), known);
            settle();
        }

        private void answer(BalanceEffect.StartProbe start, boolean up) {
            Outcome outcome = up ? Outcome.Passed.PLAIN : new Outcome.Failed("no");
            var finished = new ProbeFinished(start.checker(), start.probe(), outcome);
            plane.carryOut(node.on(now, finished));
            assertEquals(List.of(), plane.interrupted(), pool::toString);
        }

        private void settle() {
            long weight = 0;
            for (int i = 0; i < SERVERS; i++) {
                weight += alive[i] ? pool.servers().get(i).weight() : 0;
            }
            QuorumSpec rule = pool.quorum();
            quorumUp =
                    quorumUp
                            ? weight > 0 && weight >= rule.quorum() - rule.hysteresis()
                            : weight > 0 && weight >= rule.quorum() + rule.hysteresis();
            ServiceStatus status = node.status().getFirst();
            assertEquals(quorumUp, status.quorumUp(), () -> pool + " with " + status);
            assertEquals(weight, status.liveWeight());
            Set<Destination> held = plane.destinations(pool.key());
            assertEquals(Wanted.rows(status), held, pool::toString);
            assertEquals(Set.copyOf(status.destinations()), held);
            assertEquals(List.of(), plane.interrupted(), pool::toString);
            Optional<Destination> serving =
                    held.stream().filter(row -> row.weight() > 0).findFirst();
            assertTrue(weight == 0 || serving.isPresent(), pool::toString);
        }
    }
}
