package holdfast.lab.bench;

import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Software;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What checks by connection cost, and how soon the plane is without a server that died.
final class Checks {

    static final String TITLE = "10,000 checks a second";

    private static final String MANNER =
            """
            500 virtual servers with 20 real servers each, every one of which is checked by a
            connection each second, for 20 s after the start has settled, in a kernel with
            IPVS in user mode, which has one processor. The servers are on the host itself,
            so computing time includes what the kernel does at both ends of a connection. A
            kernel that cannot make so many connections makes as many as it can. *Death* is
            when a server closes its socket, right after it has been checked: the next check
            is due a second later. It is *removed* when `/proc/net/ip_vs`, looked up every
            millisecond, has no row for it any more.
            """;

    private static final Services SERVICES = new Services(500, 20, 8080, "1");
    private static final Duration SETTLING = Duration.ofSeconds(12);
    private static final Duration SPAN = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double RESIDENT_MEGABYTES = 160;
    private static final double REMOVAL_MARGIN_MILLIS = 10;
    private static final long UNIT_CHECKS = 1000;

    private record Load(Duration each, long rate, long bytes) {}

    private Checks() {}

    static Section measure(int runs) {
        var loads = Both.byTurns(runs, (software, _) -> load(software));
        var deaths = Both.byTurns(runs, (software, _) -> Deaths.measure(software));
        return new Section(
                TITLE,
                MANNER,
                List.of(
                        loads.medianTime("computing for 1,000 checks, median", Load::each)
                                .aboveTheirsAtMost(0),
                        loads.medianCount("checks a second, median", Load::rate),
                        loads.medianMemory("resident, median", Load::bytes)
                                .atMost(RESIDENT_MEGABYTES),
                        deaths.medianTime("death to removal, median", Sample::median)
                                .aboveTheirsAtMost(REMOVAL_MARGIN_MILLIS),
                        deaths.worstTime("death to removal, worst", Sample::max)));
    }

    private static Load load(Software software) {
        try (Lab lab = Lab.open()) {
            Host host = lab.host("lb");
            Servers.start(host, SERVICES.port(), 0);
            Daemon daemon = Daemon.start(software, host, SERVICES.text());
            Balancer balancer = new Balancer(host);
            balancer.awaitRows(daemon, SERVICES, PATIENCE);
            LockSupport.parkNanos(SETTLING.toNanos());
            long opensBefore = opens(host);
            Usage before = usage(daemon);
            LockSupport.parkNanos(SPAN.toNanos());
            Usage after = usage(daemon);
            long checks = opens(host) - opensBefore;
            if (balancer.rows(SERVICES.last()) != SERVICES.each()) {
                throw new AssertionError("checks have failed");
            }
            daemon.kill();
            balancer.clear();
            Load load =
                    new Load(
                            after.cpu()
                                    .minus(before.cpu())
                                    .multipliedBy(UNIT_CHECKS)
                                    .dividedBy(Math.max(1, checks)),
                            checks / SPAN.toSeconds(),
                            after.residentBytes());
            Bench.say("checks, %s: %s".formatted(software, load));
            return load;
        }
    }

    private static Usage usage(Daemon daemon) {
        return Usage.of(ProcessHandle.of(daemon.pid()).orElseThrow());
    }

    /// Connections that were opened in this host since it is there.
    private static long opens(Host host) {
        List<String> lines =
                host.run("cat", "/proc/net/snmp")
                        .lines()
                        .filter(line -> line.startsWith("Tcp:"))
                        .toList();
        List<String> names = List.of(lines.getFirst().split(" "));
        return Long.parseLong(lines.getLast().split(" ")[names.indexOf("ActiveOpens")]);
    }
}
