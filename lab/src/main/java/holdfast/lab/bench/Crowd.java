package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What it costs to run many virtual routers, and how late they are.
///
/// @param wires how many interfaces they are on
/// @param each how many are on each
/// @param span how long is measured
record Crowd(int wires, int each, Timing timing, Duration span) {

    static final String TITLE = "255 instances";
    static final String TITLE_1000 = "1,000 instances";

    private static final Crowd ONE_WIRE =
            new Crowd(1, 255, new Timing(3, "0.1", 100), Duration.ofSeconds(30));

    private static final List<Crowd> FOUR_WIRES =
            List.of(
                    new Crowd(4, 250, new Timing(3, "1", 100), Duration.ofSeconds(20)),
                    new Crowd(4, 250, new Timing(3, "0.1", 100), Duration.ofSeconds(20)));

    /// A thousand routers are some work to start.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// By then both do what they do for years, and what is compiled on the way is compiled.
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final int SETTLING_INTERVALS = 90;

    private static final String COMPUTING =
            """
            Computing time is user and system time of all processes and threads, which
            includes what the kernel does for the packet on the way to the other namespace.
            A gap's deviation is by how much the time between two adverts of the same
            router, seen on the other host, differs from the interval.\
            """;

    private static final String MANNER =
            """
            255 virtual routers on one interface (v3, 0.1 s), one host that serves all of
            them and one that stands by, for 30 s after the start has settled.
            """
                    + COMPUTING
                    + " 76,500 adverts are due.";

    private static final String MANNER_1000 =
            """
            1,000 virtual routers (v3), 250 on each of four interfaces, one host that serves
            all of them and one that stands by, for 20 s after the start has settled, which
            is given 90 intervals, and 30 s at least: the JVM compiles meanwhile.
            """
                    + COMPUTING;

    private static final long UNIT_ADVERTS = 1000;
    private static final double LATE_MILLIS = 2;
    private static final double RESIDENT_MEGABYTES = 120;

    static Section measure(int runs) {
        var both = Both.byTurns(runs, (software, _) -> ONE_WIRE.once(software));
        return new Section(TITLE, MANNER, figures("", both));
    }

    /// The same with many more routers, and with what is wanted of them.
    static Section measure1000(int runs) {
        List<Figure> figures = new ArrayList<>();
        for (Crowd crowd : FOUR_WIRES) {
            var both = Both.byTurns(runs, (software, _) -> crowd.once(software));
            figures.addAll(wanted(figures(crowd.timing() + ": ", both)));
        }
        return new Section(TITLE_1000, MANNER_1000, figures);
    }

    private Load once(Software software) {
        try (Site site = Site.open(wires)) {
            List<Recording> recordings = new ArrayList<>();
            for (int device = 0; device < wires; device++) {
                recordings.add(Recording.bulk(site.second(), "eth" + device));
            }
            Daemon first =
                    Daemon.start(
                            software, site.first(), Routers.masters(wires, each, timing).text());
            Await.until(
                    "all routers serve",
                    PATIENCE,
                    () -> speakers(recordings) == (long) wires * each,
                    () -> speakers(recordings) + " do");
            Daemon second =
                    Daemon.start(
                            software, site.second(), Routers.backups(wires, each, timing).text());
            Await.until("the second listens", Site.PATIENCE, () -> site.hearing().isThere());
            LockSupport.parkNanos(settling().toNanos());

            Instant began = Instant.now();
            Usage firstBefore = usage(first);
            Usage secondBefore = usage(second);
            LockSupport.parkNanos(span.toNanos());
            Usage firstAfter = usage(first);
            Usage secondAfter = usage(second);
            Instant ended = Instant.now();
            Await.until("all is on record", PATIENCE, () -> saw(recordings, ended));
            first.kill();
            second.kill();
            recordings.forEach(Recording::stop);

            Span seen = seen(recordings, began, ended);
            var load =
                    new Load(
                            share(firstBefore, firstAfter, seen.sent()),
                            share(secondBefore, secondAfter, seen.sent()),
                            Sample.of(seen.deviations()),
                            seen.sent(),
                            seen.untimely(),
                            firstAfter.residentBytes());
            Bench.say(
                    "%d instances, %s, %s: %s and %s for 1,000 adverts, p99 %s, %d sent, %d MB"
                            .formatted(
                                    wires * each,
                                    timing,
                                    software,
                                    load.sending(),
                                    load.hearing(),
                                    load.lateness().percentile(99),
                                    load.adverts(),
                                    load.residentBytes() / 1_000_000));
            return load;
        }
    }

    private Duration settling() {
        Duration intervals = timing.interval().multipliedBy(SETTLING_INTERVALS);
        return intervals.compareTo(SETTLING) > 0 ? intervals : SETTLING;
    }

    /// What passed the wires.
    private record Span(long sent, List<Duration> deviations, long untimely) {}

    private Span seen(List<Recording> recordings, Instant began, Instant ended) {
        long sent = 0;
        long untimely = 0;
        List<Duration> deviations = new ArrayList<>();
        for (int device = 0; device < wires; device++) {
            Recording wire = recordings.get(device);
            List<Advert> adverts = within(wire.since(began, Site.first(device)), ended);
            sent += adverts.size();
            deviations.addAll(Gaps.deviations(adverts, timing.interval()));
            untimely += within(wire.since(began, Site.second(device)), ended).size();
        }
        return new Span(sent, deviations, untimely);
    }

    /// Whether all recordings have come to a moment: tcpdump may be a second behind.
    private static boolean saw(List<Recording> recordings, Instant moment) {
        for (int device = 0; device < recordings.size(); device++) {
            if (recordings.get(device).since(moment, Site.first(device)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static long speakers(List<Recording> recordings) {
        long speakers = 0;
        for (int device = 0; device < recordings.size(); device++) {
            speakers +=
                    recordings.get(device).since(Instant.EPOCH, Site.first(device)).stream()
                            .mapToInt(Advert::vrid)
                            .distinct()
                            .count();
        }
        return speakers;
    }

    private static List<Advert> within(List<Advert> adverts, Instant end) {
        return adverts.stream().filter(advert -> advert.at().isBefore(end)).toList();
    }

    private static Usage usage(Daemon daemon) {
        return Usage.of(ProcessHandle.of(daemon.pid()).orElseThrow());
    }

    private static Duration share(Usage before, Usage after, long adverts) {
        return after.cpu().minus(before.cpu()).multipliedBy(UNIT_ADVERTS).dividedBy(adverts);
    }

    private static List<Figure> figures(String name, Both<Load> both) {
        return List.of(
                both.medianTime(name + "computing for 1,000 adverts sent, median", Load::sending),
                both.medianTime(name + "computing for 1,000 adverts heard, median", Load::hearing),
                both.medianTime(
                        name + "deviation of gaps, p99, median",
                        load -> load.lateness().percentile(99)),
                both.medianMemory(
                        name + "resident, the one that serves, median", Load::residentBytes),
                both.medianTime(
                        name + "deviation of gaps, p50, median", load -> load.lateness().median()),
                both.worstTime(name + "deviation of gaps, worst", load -> load.lateness().max()),
                both.sum(name + "adverts sent, all runs", Load::adverts),
                both.sum(name + "untimely adverts, all runs", Load::untimelyAdverts));
    }

    /// The same figures with targets for the first four.
    private static List<Figure> wanted(List<Figure> figures) {
        List<Figure> wanted = new ArrayList<>(figures);
        wanted.set(0, figures.get(0).aboveTheirsAtMost(0));
        wanted.set(1, figures.get(1).aboveTheirsAtMost(0));
        wanted.set(2, figures.get(2).atMost(LATE_MILLIS));
        wanted.set(3, figures.get(3).atMost(RESIDENT_MEGABYTES));
        return wanted;
    }
}
