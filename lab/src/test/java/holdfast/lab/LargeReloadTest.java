package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many virtual servers are read again: what is the same is not touched.
@Tag("ipvs")
class LargeReloadTest {

    private static final int SERVICES = 20;
    private static final int EACH = 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Longer than from the orders to the first check of a server.
    private static final Duration FIRST_CHECKS = Duration.ofSeconds(3);

    @Test
    void aReloadOfTheSameTextAsksNothingOfIpvsAndStartsNoCheck() {
        try (Lab lab = Lab.open()) {
            Host host = lab.host("lb");
            Web.start(host, "0.0.0.0", 80);
            try (IpvsCalls calls = IpvsCalls.watch(host);
                    Capture checks =
                            Capture.start(host, "lo", "dst port 80 and tcp[tcpflags] == tcp-syn")) {
                Daemon daemon = Daemon.start(Software.HOLDFAST, host, text(EACH));
                Await.until(
                        "all are checked",
                        LIMIT,
                        () -> checks.packets().size() == SERVICES * EACH,
                        daemon::log);
                assertEquals(
                        SERVICES * EACH,
                        Collections.frequency(calls.take(), IpvsCalls.NEW_DESTINATION),
                        "seen of the start");

                Instant asked = daemon.hangUp();
                daemon.awaitLog("Reload complete", LIMIT);
                assertEquals(List.of(), calls.take(), "asked of IPVS");
                Await.moment(asked.plus(FIRST_CHECKS));
                assertEquals(SERVICES * EACH, checks.packets().size(), "checks");

                // It would have been seen: a comment is no change, and one server more is.
                daemon.reload("# the same\n" + text(EACH));
                awaitReloads(daemon, 2);
                assertEquals(List.of(), calls.take(), "asked of IPVS");
                daemon.reload(text(EACH + 1));
                awaitReloads(daemon, 3);
                List<Integer> more = Collections.nCopies(SERVICES, IpvsCalls.NEW_DESTINATION);
                assertEquals(more, calls.take(), "asked of IPVS");
                Await.until(
                        "those that are new are checked",
                        LIMIT,
                        () -> checks.packets().size() == SERVICES * (EACH + 1),
                        daemon::log);
            }
        }
    }

    private static void awaitReloads(Daemon daemon, int count) {
        Await.until(
                "reload " + count + " is complete",
                LIMIT,
                () -> daemon.log().split("Reload complete", -1).length > count,
                daemon::log);
    }

    private static String text(int each) {
        var text = new StringBuilder();
        for (int service = 1; service <= SERVICES; service++) {
            text.append(
                    """
                    virtual_server 10.0.0.%d 80 {
                      delay_loop 3600
                      lb_algo rr
                      lb_kind NAT
                      protocol TCP
                    """
                            .formatted(service));
            for (int server = 1; server <= each; server++) {
                text.append(
                        """
                          real_server 127.1.%d.%d 80 {
                            weight 1
                            TCP_CHECK {
                              connect_timeout 2
                              warmup 1
                            }
                          }
                        """
                                .formatted(service, server));
            }
            text.append("}\n");
        }
        return text.toString();
    }
}
