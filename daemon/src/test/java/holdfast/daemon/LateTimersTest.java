package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect;
import holdfast.bfd.BfdEffect;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.config.GlobalSpec.Urgency;
import holdfast.vrrp.VrrpEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LateTimersTest {

    private final List<Integer> taken = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    private LateTimers timers(int ceiling, Optional<Integer> realTime) {
        ProcessSpec spec =
                new ProcessSpec(
                        Optional.empty(),
                        0,
                        realTime,
                        false,
                        List.of(),
                        Optional.empty(),
                        new Urgency(ceiling, Duration.ofSeconds(1)));
        Reporter reporter =
                new Reporter() {
                    @Override
                    public void vrrp(VrrpEffect fact) {}

                    @Override
                    public void bfd(BfdEffect fact) {}

                    @Override
                    public void balance(BalanceEffect fact) {}

                    @Override
                    public void log(Level level, String line) {
                        log.add(line);
                    }
                };
        return new LateTimers(spec, reporter, taken::add);
    }

    private static void late(LateTimers timers, int times) {
        for (int i = 0; i < times; i++) {
            timers.onLate(Duration.ofMillis(1500));
        }
    }

    @Test
    void eachTimeIsOneStepUpToTheCeiling() {
        late(timers(4, Optional.empty()), 9);
        assertEquals(List.of(2, 3, 4), taken);
    }

    @Test
    void stepsBeginAtTheConfiguredPriority() {
        late(timers(12, Optional.of(10)), 9);
        assertEquals(List.of(11, 12), taken);
    }

    @Test
    void withoutACeilingItIsSaidOnce() {
        late(timers(0, Optional.empty()), 9);
        assertEquals(List.of(), taken);
        assertEquals(1, log.size(), log.toString());
        assertTrue(log.getFirst().contains("1500 ms"), log.toString());
    }

    @Test
    void orNotAtAll() {
        late(timers(-1, Optional.empty()), 9);
        assertEquals(List.of(), taken);
        assertEquals(List.of(), log);
    }
}
