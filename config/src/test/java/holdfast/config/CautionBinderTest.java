package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.Caution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `slow_start` and `panic_threshold`, and when they come to nothing.
class CautionBinderTest {

    private static Loaded service(String scheduler, int weight, String more) {
        return Configurations.load(
                """
                virtual_server 10.9.0.100 80 {
                    protocol TCP
                    lb_algo %s
                    lb_kind NAT
                    %s
                    real_server 10.9.0.21 80 {
                        weight %d
                    }
                }
                """
                        .formatted(scheduler, more, weight));
    }

    private static Caution caution(Loaded loaded) {
        return loaded.configuration().balance().services().getFirst().caution();
    }

    private static List<String> complaints(Loaded loaded) {
        return loaded.diagnostics().stream().map(Diagnostic::message).toList();
    }

    @Test
    void nobodyIsCautiousUnasked() {
        assertEquals(Caution.NONE, caution(service("wrr", 1, "")));
    }

    @Test
    void cautionIsRead() {
        Loaded loaded = service("wrr", 100, "slow_start 2.5\npanic_threshold 40");
        assertEquals(new Caution(Duration.ofMillis(2500), 40), caution(loaded));
        assertEquals(List.of(), complaints(loaded));
    }

    @Test
    void aSlowStartThatCannotBeIsReported() {
        assertEquals(
                List.of("the scheduler rr does not look at weights; 'slow_start' has no effect"),
                complaints(service("rr", 100, "slow_start 10")));
        assertEquals(
                List.of("'slow_start' needs weights above 1, of which it can give a part"),
                complaints(service("wrr", 1, "slow_start 10")));
    }
}
