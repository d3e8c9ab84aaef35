package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Ran;
import holdfast.lab.Software;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// How soon a router works after it was started, and how much memory it then has.
final class Readiness {

    static final String TITLE = "Start and memory";

    private static final Timing SECOND = new Timing(2, "1", 100);

    private static final double READY_MILLIS = 250;
    private static final double TEST_MILLIS = 100;
    private static final double RESIDENT_MEGABYTES = 60;

    private static final int MEMORY_RUNS = 5;
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofNanos(500_000);

    private static final String MANNER =
            """
            One virtual router (v2, multicast), from the `exec` of the program in its
            namespace. It *listens* when the kernel names 224.0.0.18 among the groups of the
            interface, looked up every 0.5 ms; the *first advert* is that of an owner
            (priority 255), by the time stamp of the packet. `-t` checks the same small
            file, and ends. Memory is that of all processes of the program, 3 s after the
            start; a part that several processes share counts in each of them when it is
            *resident*, and in parts when it is *proportional*.
            """;

    private final Host host;
    private final Membership hearing;
    private final Recording wire;
    private final Path configuration;

    private Readiness(Lab lab) {
        this.host = lab.host("a").plug(lab.wire(), "eth0", Site.FIRST + "/8");
        this.hearing = new Membership(host);
        this.wire = Recording.live(host, "eth0");
        this.configuration = lab.file("small.conf", Routers.backups(1, SECOND).text());
    }

    /// What one start of each kind came to.
    private record Started(Duration listening, Duration advert, Duration test) {}

    static Section measure(int runs) {
        try (Lab lab = Lab.open()) {
            var readiness = new Readiness(lab);
            var starts = Both.byTurns(runs, (software, _) -> readiness.once(software));
            var memory =
                    Both.byTurns(
                            Math.min(runs, MEMORY_RUNS),
                            (software, _) -> readiness.settled(software));
            return new Section(TITLE, MANNER, figures(starts, memory));
        }
    }

    private Started once(Software software) {
        Daemon backup =
                Daemon.of(software, host, Routers.backups(1, SECOND).text()).after(Stamp.PREFIX);
        backup.start();
        Instant heard = awaitListening(backup);
        Instant began = exec(backup);
        backup.stop();

        Daemon owner =
                Daemon.of(software, host, Routers.masters(1, SECOND).text()).after(Stamp.PREFIX);
        owner.start();
        Instant asked = exec(owner);
        Instant spoke =
                Await.value(
                        "an advert",
                        Site.PATIENCE,
                        () -> wire.first(asked, Site.FIRST),
                        owner::log);
        owner.stop();

        var started =
                new Started(
                        Duration.between(began, heard),
                        Duration.between(asked, spoke),
                        test(software));
        Bench.say("start of %s: %s".formatted(software, started));
        return started;
    }

    /// What it uses some time after its start.
    private Usage settled(Software software) {
        Daemon backup = Daemon.start(software, host, Routers.backups(1, SECOND).text());
        LockSupport.parkNanos(SETTLED.toNanos());
        Usage usage = Usage.of(ProcessHandle.of(backup.pid()).orElseThrow());
        backup.stop();
        Bench.say("memory of %s: %s".formatted(software, usage));
        return usage;
    }

    private Instant awaitListening(Daemon daemon) {
        Instant end = Instant.now().plus(Site.PATIENCE);
        while (!hearing.isThere()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("does not listen\n" + daemon.log());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return Instant.now();
    }

    private static Instant exec(Daemon daemon) {
        return Await.value("exec", Site.PATIENCE, () -> Stamp.first(daemon.log()), daemon::log);
    }

    private Duration test(Software software) {
        List<String> command = new ArrayList<>(Stamp.BOTH_ENDS);
        command.addAll(List.of(software.program(), "-t", "-f", configuration.toString()));
        Ran ran = host.attempt(command.toArray(String[]::new));
        if (!ran.succeeded()) {
            throw new IllegalStateException("-t says %d%n%s".formatted(ran.exit(), ran.output()));
        }
        List<Instant> ends = Stamp.in(ran.output());
        return Duration.between(ends.getFirst(), ends.getLast());
    }

    private static List<Figure> figures(Both<Started> starts, Both<Usage> memory) {
        return List.of(
                starts.medianTime("listens, median", Started::listening).atMost(READY_MILLIS),
                starts.worstTime("listens, worst", Started::listening),
                starts.medianTime("first advert, median", Started::advert).atMost(READY_MILLIS),
                starts.worstTime("first advert, worst", Started::advert),
                starts.medianTime("`-t`, median", Started::test).atMost(TEST_MILLIS),
                starts.worstTime("`-t`, worst", Started::test),
                memory.medianMemory("resident, median", Usage::residentBytes)
                        .atMost(RESIDENT_MEGABYTES),
                memory.medianMemory("proportional, median", Usage::proportionalBytes));
    }
}
