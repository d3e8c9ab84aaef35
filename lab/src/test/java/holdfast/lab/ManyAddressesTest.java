package holdfast.lab;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A takeover of 600 addresses, half of them of IPv6, which is a lot of work for the kernel.
@Tag("lab")
class ManyAddressesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int EACH = 300;
    private static final int ATTEMPTS = 4;
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration LATEST = INTERVAL.plus(INTERVAL.dividedBy(10));

    private static final Pattern ARP =
            Pattern.compile("who-has (10\\.2\\.[0-9.]+|10\\.0\\.0\\.100) ");
    private static final Pattern ADVERTISEMENT = Pattern.compile("tgt is (fd00:[0-9a-f:]+),");

    /// The routers of many addresses, and one that only shows when adverts leave.
    private static String text(int priority, String excluded) {
        return """
        global_defs {
          vrrp_version 3
          vrrp_rt_priority 50
          vrrp_garp_master_repeat 3
        }
        vrrp_instance MANY {
          interface eth0
          virtual_router_id 51
          priority %d
          advert_int 0.1
          virtual_ipaddress {
            10.0.0.100/32 dev eth0
          }
          virtual_ipaddress_excluded {
            %s
          }
        }
        """
                .formatted(priority, excluded);
    }

    private static String clock() {
        return """
        vrrp_instance CLOCK {
          interface eth0
          virtual_router_id 52
          priority 200
          advert_int 0.1
          virtual_ipaddress {
            10.0.0.200/32 dev eth0
          }
        }
        """;
    }

    private static String excluded() {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= EACH; i++) {
            lines.append("10.2.%d.%d/32 dev eth0\n".formatted(i / 200, i % 200 + 1));
            lines.append("fd00::%x/128 dev eth0\n".formatted(i));
        }
        return lines.toString();
    }

    @Test
    void noAdvertWaitsForThem() {
        try (Lab lab = Lab.open()) {
            Wire wire = lab.wire();
            Host a = lab.host("a").plug(wire, "eth0", "10.0.0.1/24", "fd00::a:1/64");
            Host b = lab.host("b").plug(wire, "eth0", "10.0.0.2/24", "fd00::a:2/64");
            Daemon standby = Daemon.start(Software.HOLDFAST, a, text(100, excluded()) + clock());
            Daemon rival = Daemon.of(Software.HOLDFAST, b, text(150, ""));
            Duration worst = Duration.ZERO;
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                worst = worstGap(a, standby, b, rival);
                if (worst.compareTo(LATEST) <= 0) {
                    return;
                }
                // A machine may be slow once, and not each time.
            }
            fail("an advert came after " + worst);
        }
    }

    /// The longest time between two adverts while all addresses go from one to the other.
    private static Duration worstGap(Host a, Daemon standby, Host b, Daemon rival) {
        rival.start();
        Await.until(
                "the rival serves, and it alone",
                LIMIT,
                () -> b.owns("10.0.0.100") && !a.owns("10.0.0.100") && count(a) < EACH / 10,
                standby::log);
        try (Capture adverts = Capture.start(a, "eth0", "ip proto 112");
                Capture words = Capture.start(b, "eth0", "arp or icmp6")) {
            Instant stopped = rival.stop();
            Await.until("owns all addresses", LIMIT, () -> count(a) >= 2 * EACH, standby::log);
            Await.until(
                    "all addresses are announced",
                    LIMIT,
                    () -> announced(words).size() == 2 * EACH + 1,
                    () -> "" + announced(words).size());
            Instant end = Instant.now();
            Await.until("another advert", LIMIT, () -> !adverts.since(end).isEmpty());
            Duration worst = Duration.ZERO;
            for (String vrid : new String[] {"vrid 51", "vrid 52"}) {
                Instant last = Instant.MAX;
                for (Packet packet : adverts.since(stopped)) {
                    if (packet.source().equals("10.0.0.1") && packet.text().contains(vrid)) {
                        Duration gap =
                                last.equals(Instant.MAX)
                                        ? Duration.ZERO
                                        : Duration.between(last, packet.at());
                        worst = gap.compareTo(worst) > 0 ? gap : worst;
                        last = packet.at();
                    }
                }
            }
            return worst;
        }
    }

    /// How many of the many addresses the host has.
    private static int count(Host host) {
        return (int)
                host.run("ip", "-o", "address", "show", "dev", "eth0")
                        .lines()
                        .filter(line -> line.contains("10.2.") || line.contains("/128"))
                        .count();
    }

    private static Set<String> announced(Capture words) {
        Set<String> announced = new TreeSet<>();
        for (Packet packet : words.packets()) {
            for (Pattern pattern : new Pattern[] {ARP, ADVERTISEMENT}) {
                Matcher matcher = pattern.matcher(packet.text());
                if (matcher.find()) {
                    announced.add(matcher.group(1));
                }
            }
        }
        return announced;
    }
}
