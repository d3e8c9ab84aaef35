package holdfast.lab.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Software;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Groups of addresses that are one service, by the marks that nftables gives.
@Tag("ipvs")
class MarksEqualityTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Services with a row each: two marks of ours for one group, one for another, and two more.
    private static final int LINES = 10;

    private static final String GLOBALS =
            """
            global_defs {
              nftables_ipvs ours
              nftables_ipvs_priority -7
              nftables_ipvs_start_fwmark 2000
            }
            """;

    private static final String GROUPS =
            """
            virtual_server_group g {
              10.7.1.1 80
              10.7.1.4-6 81
              10.7.1.16/28 443
            }
            virtual_server_group six {
              fd07::1 80
              fd07::10-12 81
            }
            virtual_server_group mixed {
              10.7.2.1 80
              fwmark 5
            }
            """;

    @Test
    void tablesAndServicesAreThoseOfKeepalived() {
        assertEquals(observed(Software.KEEPALIVED), observed(Software.HOLDFAST));
    }

    private static List<String> observed(Software software) {
        String text =
                GLOBALS
                        + GROUPS
                        + server("g", "TCP", "NAT", "10.8.0.1")
                        + server("g", "UDP", "DR", "10.8.0.1")
                        + server("six", "SCTP", "NAT", "fd08::1")
                        + server("mixed", "TCP", "NAT", "10.8.0.1");
        try (Lab lab = Lab.open()) {
            Host host = lab.host("lb");
            Daemon daemon = Daemon.start(software, host, text);
            List<String> seen = new ArrayList<>();
            await(host, daemon, "udp_map");
            seen.add(sorted(state(host)));
            daemon.reload(text.replace("10.7.1.4-6 81", "10.7.1.4-9 81"));
            await(host, daemon, "10.7.1.4-10.7.1.9 . 81");
            seen.add(sorted(state(host)));
            daemon.stop();
            seen.add(state(host));
            assertEquals("", seen.getLast().strip());
            return seen;
        }
    }

    /// Line by line, since elements stand in the order in which they came.
    private static String sorted(String state) {
        return state.lines()
                .map(line -> line.replaceAll("elements = \\{|[},]", "").strip())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String server(String group, String protocol, String kind, String address) {
        return """
        virtual_server group %s {
          protocol %s
          lb_algo rr
          lb_kind %s
          real_server %s 80 {
          }
        }
        """
                .formatted(group, protocol, kind, address);
    }

    private static void await(Host host, Daemon daemon, String words) {
        Await.until(
                "the kernel has it all",
                LIMIT,
                () -> state(host).contains(words) && services(host) == LINES,
                () -> state(host) + daemon.log());
    }

    private static long services(Host host) {
        return host.run("ipvsadm", "-Sn").lines().count();
    }

    private static String state(Host host) {
        return host.run("nft", "list", "ruleset") + host.run("ipvsadm", "-Sn");
    }
}
