package holdfast.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEvent.DeadlineReached;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.BalanceEvent.Respecified;
import holdfast.balance.BalanceEvent.Started;
import holdfast.probe.Outcome;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Work grows with what happens, not with its square. The bounds are generous: what they are to
/// catch takes minutes.
class ManyCheckersTest {

    private static final int SERVERS = 20_000;
    private static final int ROUNDS = 10;

    @Test
    void checkersOfOneLargePoolRunTheirRounds() {
        assertTimeout(Duration.ofSeconds(30), () -> rounds(pool(0, SERVERS)));
    }

    @Test
    void checkersOfManyPoolsRunTheirRounds() {
        int pools = 2_000;
        VirtualServerSpec[] services = new VirtualServerSpec[pools];
        for (int i = 0; i < pools; i++) {
            String address = "192.0.%d.%d".formatted(i / 250, i % 250);
            services[i] = Specs.keyed(pool(i * 10, SERVERS / pools), Specs.address(address));
        }
        assertTimeout(Duration.ofSeconds(30), () -> rounds(services));
    }

    private static VirtualServerSpec pool(int first, int servers) {
        RealServerSpec[] all = new RealServerSpec[servers];
        CheckerSpec checker = Specs.warming(Specs.tcp(0), Duration.ofSeconds(10));
        for (int i = 0; i < servers; i++) {
            all[i] = Specs.real(1 + first + i, 1, checker);
        }
        return Specs.sorry(Specs.web(all), Specs.server(1), false);
    }

    /// Every server falls and rises by turns; a reload with no change comes in each round.
    private static void rounds(VirtualServerSpec... services) {
        BalanceNode node = new BalanceNode(Specs.node(services), 3);
        node.on(new MonoTime(0), new Started());
        int checks = 0;
        int turned = 0;
        while (checks < SERVERS * ROUNDS) {
            MonoTime now = node.deadline();
            for (BalanceEffect effect : node.on(now, new DeadlineReached())) {
                if (effect instanceof BalanceEffect.StartProbe start) {
                    boolean up = checks / SERVERS % 2 == 0;
                    Outcome outcome = up ? Outcome.Passed.PLAIN : new Outcome.Failed("no");
                    var answer = new ProbeFinished(start.checker(), start.probe(), outcome);
                    turned += count(node.on(now, answer));
                    checks++;
                }
            }
            if (checks % SERVERS == 0) {
                List<VirtualServerSpec> same = new ArrayList<>(List.of(services));
                var reload = new Respecified(new BalanceSpec(same, false, false));
                assertEquals(List.of(), node.on(now, reload));
            }
        }
        assertEquals(SERVERS * (ROUNDS - 1), turned);
        assertTrue(node.deadline().isAfter(new MonoTime(0)));
    }

    private static int count(List<BalanceEffect> effects) {
        int turned = 0;
        for (BalanceEffect effect : effects) {
            turned += effect instanceof BalanceEffect.ServerTurned ? 1 : 0;
        }
        return turned;
    }
}
