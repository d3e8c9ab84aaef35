package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.VirtualServerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What virtual servers of groups are called, and which services they have; and whom the sync
/// daemon follows.
class ServiceHeadTest {

    private static final String GROUP =
            """
            virtual_server_group web {
              192.0.2.1 80
              192.0.2.4-5 80
              192.0.2.4 80
              fwmark 7
            }
            """;

    private static String server(String protocol) {
        return """
        virtual_server group web {
          protocol %s
          lb_algo rr
          lb_kind NAT
          real_server 10.0.0.1 80 {
          }
        }
        """
                .formatted(protocol);
    }

    @Test
    void virtualServersOfAGroupAreNumberedAndHaveAllItsMembers() {
        Loaded loaded = Configurations.load(GROUP + server("TCP") + server("UDP"));
        assertEquals(List.of(), loaded.diagnostics());
        List<VirtualServerSpec> services = loaded.configuration().balance().services();
        assertEquals("[web]:0", services.getFirst().key().toString());
        assertEquals("[web]:1", services.getLast().key().toString());
        assertEquals(
                "[[192.0.2.1]:tcp:80, [192.0.2.4]:tcp:80, [192.0.2.5]:tcp:80, FWM 7]",
                services.getFirst().members().toString());
        assertEquals(4, services.getLast().members().size());
    }

    @Test
    void aGroupOfAddressesIsOneMarkForEachProtocol() {
        String groups = "virtual_server_group net {\n  198.18.0.0/15 80\n  2001:db8::1 80\n}\n";
        Loaded loaded =
                Configurations.load(
                        "global_defs {\n  nftables_ipvs\n}\n"
                                + groups
                                + GROUP
                                + server("TCP").replace("web", "net")
                                + server("TCP")
                                + server("UDP").replace("web", "net")
                                + server("TCP").replace("web", "net"));
        assertEquals(List.of(), loaded.diagnostics());
        List<String> members =
                loaded.configuration().balance().services().stream()
                        .map(service -> service.members().toString())
                        .toList();
        assertEquals("[FWM 1000, FWM 1000]", members.getFirst());
        assertEquals(4, members.get(1).split(",").length);
        assertEquals("[FWM 1001, FWM 1001]", members.get(2));
        assertEquals(members.getFirst(), members.getLast());
        ServiceMarks marks = loaded.configuration().marks().orElseThrow();
        assertEquals("keepalived_ipvs", marks.table());
        assertEquals(-1, marks.priority());
        assertEquals(4, marks.ranges().size());
        assertEquals("198.19.255.255", marks.ranges().getFirst().last().toString());
    }

    @Test
    void aReloadLeavesMarksToThoseWhoHaveThem() {
        String start = "global_defs {\n  nftables_ipvs\n}\n";
        String[] groups = new String[4];
        for (int n = 0; n < groups.length; n++) {
            groups[n] =
                    "virtual_server_group g%d {\n  198.18.%d.1 80\n}\n".formatted(n, n)
                            + server("TCP").replace("web", "g" + n);
        }
        Loaded first = Configurations.load(start + groups[0] + groups[1]);
        assertEquals(List.of("[FWM 1000]", "[FWM 1001]"), members(first));
        Loaded next = Configurations.load(start + groups[2] + groups[1] + groups[3]);
        Loaded reloaded =
                ConfigurationLoader.load(
                        next.source(),
                        new FakeHost(true),
                        first.configuration().marks(),
                        new EarlierServices());
        assertEquals(List.of("[FWM 1002]", "[FWM 1001]", "[FWM 1003]"), members(reloaded));
    }

    private static List<String> members(Loaded loaded) {
        return loaded.configuration().balance().services().stream()
                .map(service -> service.members().toString())
                .toList();
    }

    @Test
    void aSyncDaemonThatFollowsNobodyIsReportedAndNotStarted() {
        Loaded loaded = Configurations.load("global_defs {\n  lvs_sync_daemon eth0 inst VI_9\n}\n");
        assertTrue(loaded.configuration().global().syncDaemon().isEmpty());
        assertTrue(
                loaded.diagnostics().toString().contains("there is no vrrp_instance 'VI_9'"),
                loaded.diagnostics().toString());
    }
}
