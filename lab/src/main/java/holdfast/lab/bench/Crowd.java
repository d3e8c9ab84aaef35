package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What it costs to run as many virtual routers as one interface can have, and how late they are.
final class Crowd {

    static final String TITLE = "255 instances";

    private static final int INSTANCES = 255;
    private static final Timing TIMING = new Timing(3, "0.1", 100);
    private static final Duration SPAN = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final String MANNER =
            """
            255 virtual routers on one interface (v3, 0.1 s), one host that serves all of
            them and one that stands by, for 30 s after the start has settled. Computing
            time is user and system time of all processes and threads, which includes what
            the kernel does for the packet on the way to the other namespace. A gap's
            deviation is by how much the time between two adverts of the same router, seen
            on the other host, differs from 0.1 s. 76,500 adverts are due.
            """;

    private static final long UNIT_ADVERTS = 1000;

    private Crowd() {}

    static Section measure(int runs) {
        var both = Both.byTurns(runs, (software, _) -> once(software));
        return new Section(TITLE, MANNER, figures(both));
    }

    private static Load once(Software software) {
        try (Site site = Site.open();
                Recording wire = Recording.bulk(site.second(), "eth0")) {
            Daemon first =
                    Daemon.start(software, site.first(), Routers.masters(INSTANCES, TIMING).text());
            Await.until("all routers serve", Site.PATIENCE, () -> speakers(wire) == INSTANCES);
            Daemon second =
                    Daemon.start(
                            software, site.second(), Routers.backups(INSTANCES, TIMING).text());
            Await.until("the second listens", Site.PATIENCE, () -> site.hearing().isThere());
            LockSupport.parkNanos(SETTLING.toNanos());

            Instant began = Instant.now();
            Usage firstBefore = usage(first);
            Usage secondBefore = usage(second);
            LockSupport.parkNanos(SPAN.toNanos());
            Usage firstAfter = usage(first);
            Usage secondAfter = usage(second);
            Instant ended = Instant.now();
            first.kill();
            second.kill();
            wire.stop();

            List<Advert> sent = within(wire.since(began, Site.FIRST), ended);
            var load =
                    new Load(
                            share(firstBefore, firstAfter, sent.size()),
                            share(secondBefore, secondAfter, sent.size()),
                            Sample.of(Gaps.deviations(sent, TIMING.interval())),
                            sent.size(),
                            within(wire.since(began, Site.SECOND), ended).size(),
                            firstAfter.residentBytes());
            Bench.say(
                    "%d instances, %s: %s and %s for 1,000 adverts, p99 %s, %d sent"
                            .formatted(
                                    INSTANCES,
                                    software,
                                    load.sending(),
                                    load.hearing(),
                                    load.lateness().percentile(99),
                                    load.adverts()));
            return load;
        }
    }

    private static long speakers(Recording wire) {
        return wire.since(Instant.EPOCH, Site.FIRST).stream()
                .mapToInt(Advert::vrid)
                .distinct()
                .count();
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

    private static List<Figure> figures(Both<Load> both) {
        return List.of(
                both.medianTime("computing for 1,000 adverts sent, median", Load::sending),
                both.medianTime("computing for 1,000 adverts heard, median", Load::hearing),
                both.medianTime("deviation of gaps, p50, median", load -> load.lateness().median()),
                both.medianTime(
                        "deviation of gaps, p99, median", load -> load.lateness().percentile(99)),
                both.worstTime("deviation of gaps, worst", load -> load.lateness().max()),
                both.sum("adverts sent, all runs", Load::adverts),
                both.sum("untimely adverts, all runs", Load::untimelyAdverts),
                both.medianMemory("resident, the one that serves, median", Load::residentBytes));
    }
}
