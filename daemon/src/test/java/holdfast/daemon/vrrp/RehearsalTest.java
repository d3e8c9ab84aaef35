package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.time.MonoTime;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.Election;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Transport;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.VrrpSpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void everyKindOfInstanceCanBeRehearsed() {
        List<VrrpSpec> all = new ArrayList<>();
        for (int priority : List.of(1, 100, 255)) {
            all.add(spec(Version.V2, Family.INET, "192.0.2.100", priority));
            all.add(spec(Version.V3, Family.INET, "192.0.2.100", priority));
            all.add(spec(Version.V3, Family.INET6, "fe80::100", priority));
        }
        for (VrrpSpec spec : all) {
            NodeSpec orders =
                    new NodeSpec(List.of(spec), List.of(), List.of(), Duration.ofSeconds(60));
            int takeovers = Rehearsal.play(orders, new MonoTime(7));
            assertTrue(takeovers >= 2, spec.election() + " took over " + takeovers + " times");
        }
    }

    @Test
    void aTakeoverIsPlayedOnceJustBeforeIt() {
        NodeSpec orders =
                new NodeSpec(
                        List.of(spec(Version.V3, Family.INET, "192.0.2.100", 100)),
                        List.of(),
                        List.of(),
                        Duration.ZERO);
        MonoTime takeover = new MonoTime(1_000_000_000);
        MonoTime before = new MonoTime(985_000_000);
        Anticipation anticipation = new Anticipation();

        assertEquals(MonoTime.NEVER, anticipation.deadline(MonoTime.NEVER));
        assertEquals(before, anticipation.deadline(takeover));
        assertTrue(anticipation.onDeadline(before, takeover, orders) > 0);
        assertEquals(MonoTime.NEVER, anticipation.deadline(takeover));
        assertEquals(0, anticipation.onDeadline(takeover, takeover, orders), "it is too late");
    }

    private static VrrpSpec spec(Version version, Family family, String address, int priority) {
        IpAddress virtual = IpAddress.parse(address).orElseThrow();
        return VrrpSpecDraft.plain("A", 51, "eth0")
                .version(version)
                .family(family)
                .transport(Transport.Multicast.usual(family))
                .source(Optional.of(virtual))
                .election(Election.of(priority))
                .authentication(
                        version == Version.V2
                                ? new Authentication.Password(new byte[] {1})
                                : new Authentication.None())
                .addresses(List.of(VirtualAddress.plain(IpPrefix.host(virtual), "eth0")))
                .done();
    }
}
