package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.time.MonoTime;
import holdfast.vrrp.DropReason;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.InstanceStatus.Counters;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsBaselineTest {

    private static final VrrpSpec SPEC =
            OneFile.load(
                            """
                            vrrp_instance VI_1 {
                              interface eth0
                              virtual_router_id 51
                              virtual_ipaddress {
                                192.0.2.10
                              }
                            }
                            """)
                    .configuration()
                    .vrrp()
                    .instances()
                    .getFirst();

    private final StatsBaseline baseline = new StatsBaseline();

    private static List<InstanceStatus> sent(long adverts, long dropped) {
        return List.of(
                new InstanceStatus(
                        SPEC,
                        Role.MASTER,
                        100,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        new MonoTime(0),
                        List.of(),
                        new Counters(
                                1, adverts, 2, 3, 4, 5, 6, Map.of(DropReason.WRONG_TTL, dropped))));
    }

    private Counters since(List<InstanceStatus> now) {
        return baseline.since(now).getFirst().counters();
    }

    @Test
    void countersCountFromWhereTheyWereCleared() {
        assertEquals(10, since(sent(10, 1)).advertsSent());
        baseline.clear(sent(10, 1));
        assertEquals(
                new Counters(0, 5, 0, 0, 0, 0, 0, Map.of(DropReason.WRONG_TTL, 2L)),
                since(sent(15, 3)));
    }

    @Test
    void anInstanceThatWasMadeAgainStartsFromItsOwnZero() {
        baseline.clear(sent(10, 1));
        assertEquals(3, since(sent(3, 0)).advertsSent());
    }
}
