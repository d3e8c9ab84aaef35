package holdfast.lab.bench;

import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Ran;
import holdfast.lab.Software;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// How long a large configuration of virtual servers takes: to be tested, to be programmed, and to
/// be read again without a change; and whether the adverts of the same daemon wait for it.
final class Pools {

    static final String TITLE = "2,000 virtual servers";

    private static final String MANNER =
            """
            2,000 virtual servers with 20 real servers each, and one virtual router (v3,
            0.1 s) in the same configuration, in a kernel with IPVS in user mode, which has
            one processor; once with a check by connection for each real server, an hour
            apart, and once without checks. They are *programmed* when `/proc/net/ip_vs` has
            all rows. A reload of the same text has *ended* when the program has computed
            nothing for half a second; who computes for longer than 30 s is not waited for.
            A gap's deviation is by how much the time between two adverts differs from the
            interval: from the first advert until the program rests, then for 5 s of rest,
            then from the signal until the reload has ended. Memory is that of all processes,
            of 500 virtual servers with 20 real servers each, with checks, 5 s after they
            were programmed, and of the large configuration after its reload.
            """;

    private static final double START_MARGIN_MILLIS = 500;
    private static final double LATE_MILLIS = 5;
    private static final double RESIDENT_MEGABYTES = 160;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration REST_MAX = Duration.ofSeconds(30);
    private static final Duration STILL = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration REST = Duration.ofSeconds(5);

    private static final int PORT = 8080;
    private static final Services CHECKED = new Services(2000, 20, PORT, "3600");
    private static final Services PLAIN = new Services(2000, 20, PORT, "");
    private static final Services MEDIUM = new Services(500, 20, PORT, "3600");

    private static final Timing TIMING = new Timing(3, "0.1", 100);

    private record Turn(
            Duration test,
            Duration programmed,
            Duration reloaded,
            Duration lateAtStart,
            Duration lateAtRest,
            Duration lateAtReload,
            long bytes) {}

    private Pools() {}

    static Section measure(int runs) {
        var checked = Both.byTurns(runs, (software, _) -> once(software, CHECKED));
        var plain = Both.byTurns(runs, (software, _) -> once(software, PLAIN));
        var medium = Both.byTurns(runs, (software, _) -> resident(software));
        List<Figure> figures = new ArrayList<>();
        figures.addAll(figures("with checks", checked));
        figures.addAll(figures("without checks", plain));
        figures.add(
                medium.medianMemory("10,000 real servers: resident, median", bytes -> bytes)
                        .atMost(RESIDENT_MEGABYTES));
        figures.add(checked.medianMemory("40,000 real servers: resident, median", Turn::bytes));
        return new Section(TITLE, MANNER, figures);
    }

    private static List<Figure> figures(String which, Both<Turn> both) {
        return List.of(
                both.medianTime(which + ": `-t`, median", Turn::test),
                both.medianTime(which + ": exec to programmed, median", Turn::programmed)
                        .aboveTheirsAtMost(START_MARGIN_MILLIS),
                both.medianTime(which + ": reload without a change, median", Turn::reloaded)
                        .aboveTheirsAtMost(0),
                both.worstTime(which + ": deviation of gaps at start, worst", Turn::lateAtStart)
                        .atMost(LATE_MILLIS),
                both.worstTime(which + ": deviation of gaps at rest, worst", Turn::lateAtRest),
                both.worstTime(which + ": deviation of gaps at reload, worst", Turn::lateAtReload)
                        .atMost(LATE_MILLIS));
    }

    private static Turn once(Software software, Services services) {
        try (Site site = Site.open()) {
            String text = Routers.masters(1, TIMING).text() + services.text();
            Servers.start(site.first(), PORT, 0);
            Recording wire = Recording.live(site.second(), "eth0");
            Balancer balancer = new Balancer(site.first());
            Duration test = test(software, site.first(), text);
            Daemon daemon = Daemon.of(software, site.first(), text).after(Stamp.PREFIX).start();
            Instant programmed = balancer.awaitRows(daemon, services, PATIENCE);
            Instant began = Stamp.first(daemon.log()).orElseThrow();
            awaitStillness(daemon);
            Instant rests = Instant.now();
            LockSupport.parkNanos(REST.toNanos());
            Instant asked = daemon.hangUp();
            Instant ended = awaitStillness(daemon);
            long bytes = Usage.of(ProcessHandle.of(daemon.pid()).orElseThrow()).residentBytes();
            daemon.kill();
            wire.stop();
            balancer.clear();
            var turn =
                    new Turn(
                            test,
                            Duration.between(began, programmed),
                            Duration.between(asked, ended),
                            late(wire, Instant.MIN, rests),
                            late(wire, rests, asked),
                            late(wire, asked, Instant.MAX),
                            bytes);
            Bench.say("%d virtual servers, %s: %s".formatted(services.count(), software, turn));
            return turn;
        }
    }

    private static Duration late(Recording wire, Instant from, Instant to) {
        List<Advert> adverts =
                wire.adverts().stream()
                        .filter(one -> !one.at().isBefore(from) && one.at().isBefore(to))
                        .toList();
        return Sample.of(Gaps.deviations(adverts, TIMING.interval())).max();
    }

    private static long resident(Software software) {
        try (Site site = Site.open()) {
            Servers.start(site.first(), PORT, 0);
            String text = Routers.masters(1, TIMING).text() + MEDIUM.text();
            Balancer balancer = new Balancer(site.first());
            Daemon daemon = Daemon.start(software, site.first(), text);
            balancer.awaitRows(daemon, MEDIUM, PATIENCE);
            LockSupport.parkNanos(REST.toNanos());
            long bytes = Usage.of(ProcessHandle.of(daemon.pid()).orElseThrow()).residentBytes();
            daemon.kill();
            balancer.clear();
            Bench.say("%d real servers, %s: %d bytes".formatted(MEDIUM.servers(), software, bytes));
            return bytes;
        }
    }

    private static Duration test(Software software, Host host, String text) {
        Path file = host.lab().file("large.conf", text);
        List<String> command = new ArrayList<>(Stamp.BOTH_ENDS);
        command.addAll(List.of(software.program(), "-t", "-f", file.toString()));
        Ran ran = host.attempt(command.toArray(String[]::new));
        if (!ran.succeeded()) {
            throw new IllegalStateException("-t says %d%n%s".formatted(ran.exit(), ran.output()));
        }
        List<Instant> ends = Stamp.in(ran.output());
        return Duration.between(ends.getFirst(), ends.getLast());
    }

    /// Waits until a program has nothing to do for a while; says since when. What its adverts
    /// need does not count, and neither does who never comes to rest.
    private static Instant awaitStillness(Daemon daemon) {
        Duration tick = Duration.ofMillis(10);
        Instant end = Instant.now().plus(REST_MAX);
        Instant still = Instant.now();
        Duration before = cpu(daemon);
        while (Duration.between(still, Instant.now()).compareTo(STILL) < 0 && still.isBefore(end)) {
            LockSupport.parkNanos(LOOK.toNanos());
            Duration now = cpu(daemon);
            if (now.minus(before).compareTo(tick) > 0) {
                still = Instant.now();
            }
            before = now;
        }
        return still;
    }

    private static Duration cpu(Daemon daemon) {
        return Usage.computed(ProcessHandle.of(daemon.pid()).orElseThrow());
    }
}
