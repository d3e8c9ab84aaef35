package holdfast.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEvent.AddressPresent;
import holdfast.balance.BalanceEvent.DeadlineReached;
import holdfast.balance.BalanceEvent.NumberRead;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.BalanceEvent.Respecified;
import holdfast.balance.BalanceEvent.Started;
import holdfast.balance.BalanceEvent.StopRequested;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.probe.Outcome;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Servers that flap, answers that come late, twice, or never while orders change: after each event
/// the plane holds what it should, and once the world is calm, so does the node's opinion.
class FlappingPoolsTest {

    private static final int SEEDS = Integer.getInteger("holdfast.seeds", 1_000);
    private static final int TURNS = 150;
    private static final int SERVERS = 4;
    private static final String FILE = "/run/load";

    @Test
    void thePlaneAlwaysHoldsWhatIsWanted() {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                new World(seed).run();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /// A node, a strict plane, and servers with moods.
    private static final class World {
        private final RandomGenerator random;
        private final PlaneModel plane = new PlaneModel();
        private final Map<Long, BalanceEffect.StartProbe> running = new LinkedHashMap<>();
        private final List<ProbeFinished> stale = new ArrayList<>();
        private final Set<Endpoint> healthy = new HashSet<>();
        private final BalanceNode node;
        private boolean everShared;
        private MonoTime now = new MonoTime(0);

        World(long seed) {
            random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            node = new BalanceNode(orders(), seed);
        }

        void run() {
            on(new Started());
            for (int i = 0; i < TURNS; i++) {
                turn();
            }
            calm();
            on(new StopRequested());
            assertEquals(Set.of(), plane.services());
            assertEquals(Map.of(), running, "a probe outlives the node");
        }

        private void turn() {
            switch (random.nextInt(13)) {
                case 0 -> flip(Specs.server(1 + random.nextInt(SERVERS)));
                case 1 -> on(new Respecified(random.nextInt(3) == 0 ? node.spec() : orders()));
                case 2 -> on(new AddressPresent(address(), random.nextBoolean()));
                case 3 -> {
                    if (!stale.isEmpty()) {
                        on(stale.get(random.nextInt(stale.size())));
                    }
                }
                case 4 -> on(new Started());
                case 12 -> on(new NumberRead(FILE, random.nextInt(3)));
                case 5, 6, 7 -> {
                    now = now.plus(Duration.ofMillis(random.nextInt(4_000)));
                    on(new DeadlineReached());
                }
                default -> answerOne();
            }
        }

        private void flip(Endpoint server) {
            if (!healthy.remove(server)) {
                healthy.add(server);
            }
        }

        private void answerOne() {
            if (running.isEmpty()) {
                return;
            }
            List<BalanceEffect.StartProbe> all = new ArrayList<>(running.values());
            answer(all.get(random.nextInt(all.size())), random.nextInt(8));
        }

        /// @param luck 0 and 1 for answers that say something else than the server's health
        private void answer(BalanceEffect.StartProbe start, int luck) {
            running.remove(start.probe());
            boolean healthyNow = healthy.contains(start.checker().server());
            Outcome outcome =
                    luck == 0
                            ? new Outcome.NotMade("no descriptor")
                            : luck == 1 && healthyNow
                                    ? new Outcome.Passed(random.nextInt(3))
                                    : healthyNow ? Outcome.Passed.PLAIN : new Outcome.Failed("ill");
            var finished = new ProbeFinished(start.checker(), start.probe(), outcome);
            stale.add(finished);
            on(finished);
        }

        /// Answers every probe truly for long enough; then verdicts are the truth.
        private void calm() {
            on(new NumberRead(FILE, 0));
            on(new AddressPresent(Specs.WEB.endpoint().address(), true));
            on(new AddressPresent(Specs.address("192.0.2.81").endpoint().address(), true));
            MonoTime end = now.plus(Duration.ofMinutes(2));
            while (!node.deadline().isAfter(end) || !running.isEmpty()) {
                if (running.isEmpty()) {
                    now = node.deadline().isAfter(now) ? node.deadline() : now;
                    on(new DeadlineReached());
                } else {
                    answer(running.values().iterator().next(), 7);
                }
            }
            for (ServiceStatus service : node.status()) {
                for (ServiceStatus.ServerStatus server : service.servers()) {
                    boolean well = healthy.contains(server.spec().endpoint());
                    assertEquals(Specs.isUp(server.spec(), well), server.alive(), server::toString);
                    assertEquals(server.spec().weight(), server.weight(), server::toString);
                }
            }
        }

        private void on(BalanceEvent event) {
            List<BalanceEffect> effects = node.on(now, event);
            plane.carryOut(effects);
            for (BalanceEffect effect : effects) {
                if (effect instanceof BalanceEffect.StartProbe start) {
                    assertTrue(
                            running.values().stream().noneMatch(one -> isSame(one, start)),
                            "two probes at once");
                    running.put(start.probe(), start);
                }
                if (effect instanceof BalanceEffect.AbandonProbe(var id, long number)) {
                    BalanceEffect.StartProbe start = running.remove(number);
                    assertTrue(start != null && start.checker().equals(id), "never started");
                    stale.add(new ProbeFinished(id, number, new Outcome.Failed("late")));
                }
            }
            if (!(event instanceof StopRequested)) {
                check(event);
            }
        }

        /// Where probes are shared, whoever asked first may be gone and have come again with other
        /// orders, while others still wait for the answer.
        private boolean isSame(BalanceEffect.StartProbe one, BalanceEffect.StartProbe other) {
            return !everShared && one.checker().equals(other.checker());
        }

        private void check(BalanceEvent event) {
            Set<ServiceKey> wanted = new HashSet<>();
            for (ServiceStatus service : node.status()) {
                ServiceKey key = service.spec().key();
                wanted.add(key);
                Set<Destination> held = plane.destinations(key);
                assertEquals(Wanted.rows(service), held, () -> "after " + event);
                assertEquals(Set.copyOf(service.destinations()), held);
                assertEquals(Wanted.liveWeight(service), service.liveWeight());
            }
            assertEquals(wanted, plane.services());
            assertEquals(List.of(), plane.interrupted(), () -> "after " + event);
            assertTrue(
                    node.deadline().isAfter(now) || !(event instanceof DeadlineReached),
                    "would wake itself forever");
        }

        private BalanceSpec orders() {
            List<VirtualServerSpec> services = new ArrayList<>();
            for (String address : List.of("192.0.2.80", "192.0.2.81")) {
                if (random.nextInt(4) > 0) {
                    services.add(Specs.keyed(service(), Specs.address(address)));
                }
            }
            boolean shared = random.nextBoolean();
            everShared |= shared;
            return new BalanceSpec(services, random.nextBoolean(), shared);
        }

        private VirtualServerSpec service() {
            List<RealServerSpec> servers = new ArrayList<>();
            for (int i = 1; i <= SERVERS; i++) {
                if (random.nextInt(3) > 0) {
                    servers.add(server(i));
                }
            }
            long quorum = random.nextInt(4);
            VirtualServerSpec spec = Specs.web(servers.toArray(RealServerSpec[]::new));
            spec = Specs.quorum(spec, quorum, random.nextInt(3));
            spec = random.nextInt(4) == 0 ? Specs.suspending(spec) : spec;
            spec = random.nextInt(4) == 0 ? Specs.scheduled(spec, "rr") : spec;
            return switch (random.nextInt(4)) {
                case 0 -> Specs.sorry(spec, Specs.server(1), random.nextBoolean());
                case 1 -> spec;
                default -> Specs.sorry(spec, Specs.SORRY, random.nextBoolean());
            };
        }

        private RealServerSpec server(int number) {
            List<CheckerSpec> all =
                    List.of(
                            Specs.tcp(random.nextInt(3)),
                            Specs.alpha(),
                            Specs.script("load"),
                            Specs.file(FILE, random.nextInt(2), random.nextBoolean()),
                            Specs.http(1 + random.nextInt(3), random.nextBoolean()));
            List<CheckerSpec> some = new ArrayList<>();
            for (CheckerSpec spec : all) {
                if (random.nextInt(3) == 0) {
                    CheckerSpec aimed = Specs.aimed(spec, number);
                    some.add(Specs.warming(aimed, Duration.ofSeconds(random.nextInt(5))));
                }
            }
            CheckerSpec[] checkers = some.toArray(CheckerSpec[]::new);
            return Specs.real(number, random.nextInt(3), random.nextBoolean(), checkers);
        }

        private IpAddress address() {
            return random.nextBoolean()
                    ? Specs.WEB.endpoint().address()
                    : Specs.address("192.0.2.81").endpoint().address();
        }
    }
}
