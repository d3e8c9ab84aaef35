package holdfast.lab.bench;

import holdfast.lab.AddressWatch;
import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How soon the second of two routers of the same make serves after the first was killed.
final class Failover {

    static final String TITLE = "Failover";

    private static final int STANDBY_PRIORITY = 100;
    private static final List<Timing> TIMINGS =
            List.of(
                    new Timing(2, "1", STANDBY_PRIORITY),
                    new Timing(3, "0.1", STANDBY_PRIORITY),
                    new Timing(3, "0.01", STANDBY_PRIORITY));

    private static final String MANNER =
            """
            Two routers of the same make; the one that serves gets `SIGKILL`, at moments
            that are spread evenly over its interval and are the same for both programs. The
            bound is the time of the protocol after the last advert, three intervals and the
            skew of priority 100; the kill comes up to an interval after that advert, which
            is why the median lies half an interval below the bound. Time stamps of packets
            are the kernel's; an address counts from the moment at which the kernel's
            message about it is read. The *delay after the last advert* is what the program
            and the machine add to the bound, and does not depend on the moment of the kill.
            An *untimely advert* is one that the second router sent while the first still
            served.
            """;

    /// What is left of a target for a machine that is late by itself.
    private static final double NOISE_MILLIS = 20;

    private static final double MARGIN_MILLIS = 5;
    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Duration AIM = Duration.ofMillis(2);

    private final Site site;
    private final Recording wire;
    private final AddressWatch addresses;

    private Failover(Site site) {
        this.site = site;
        this.wire = Recording.live(site.wire().host(), site.wire().device());
        this.addresses = AddressWatch.start(site.second());
    }

    static Section measure(int runs) {
        List<Figure> figures = new ArrayList<>();
        for (Timing timing : TIMINGS) {
            try (Site site = Site.open()) {
                var failover = new Failover(site);
                var both =
                        Both.byTurns(
                                runs,
                                (software, run) ->
                                        failover.once(
                                                software,
                                                timing,
                                                timing.part(2 * run + 1, 2 * runs)));
                figures.addAll(figures(timing, both));
            }
        }
        return new Section(TITLE, MANNER, figures);
    }

    private Takeover once(Software software, Timing timing, Duration phase) {
        site.clear();
        Instant began = Instant.now();
        Daemon first = Daemon.start(software, site.first(), Routers.masters(1, timing).text());
        Await.until(
                "the first router serves",
                Site.PATIENCE,
                () -> wire.first(began, Site.FIRST).isPresent(),
                first::log);
        Instant joined = Instant.now();
        Daemon second = Daemon.start(software, site.second(), Routers.backups(1, timing).text());
        Await.until(
                "the second router listens",
                Site.PATIENCE,
                () -> site.hearing().isThere(),
                second::log);
        awaitCalm(timing);

        Instant killed = first.kill(() -> aim(timing, phase, began));
        Instant spoke =
                Await.value(
                        "the second router speaks",
                        timing.masterDown().plus(Site.PATIENCE),
                        () -> wire.first(killed, Site.SECOND),
                        second::log);
        Instant owned =
                Await.value(
                        "the second router owns the address",
                        Site.PATIENCE,
                        () -> addresses.added(Routers.address(1), killed),
                        second::log);
        second.stop();
        List<Advert> firsts = wire.since(began, Site.FIRST);
        long untimely =
                wire.since(joined, Site.SECOND).stream()
                        .filter(advert -> advert.at().isBefore(killed))
                        .count();
        var takeover =
                new Takeover(
                        Duration.between(killed, spoke),
                        Duration.between(killed, owned),
                        Duration.between(firsts.getLast().at(), spoke),
                        untimely);
        Bench.say("%s %s: %s".formatted(timing, software, takeover));
        return takeover;
    }

    /// Waits until the first has spoken for a while and the second has not.
    private void awaitCalm(Timing timing) {
        Duration calm = timing.interval().compareTo(CALM) < 0 ? CALM : timing.interval();
        Instant began = Instant.now();
        Await.until(
                "calm",
                Site.PATIENCE,
                () -> {
                    Instant since = Instant.now().minus(calm.plus(timing.interval()));
                    return began.isBefore(since)
                            && wire.first(since, Site.FIRST).isPresent()
                            && wire.first(since, Site.SECOND).isEmpty();
                },
                () -> "adverts of the second: " + wire.since(began, Site.SECOND).size());
    }

    /// The next moment that lies so far behind an advert of the first.
    private Instant aim(Timing timing, Duration phase, Instant began) {
        Instant last = wire.since(began, Site.FIRST).getLast().at();
        return timing.phaseAfter(last, phase, Instant.now().plus(AIM));
    }

    private static List<Figure> figures(Timing timing, Both<Takeover> both) {
        double limitMillis = timing.masterDown().toNanos() / 1e6 + NOISE_MILLIS;
        String name = timing + ": ";
        return List.of(
                both.medianTime(name + "kill to advert, median", Takeover::toAdvert)
                        .aboveTheirsAtMost(MARGIN_MILLIS),
                both.worstTime(name + "kill to advert, worst", Takeover::toAdvert)
                        .atMost(limitMillis),
                both.medianTime(name + "kill to address, median", Takeover::toAddress)
                        .aboveTheirsAtMost(MARGIN_MILLIS),
                both.worstTime(name + "kill to address, worst", Takeover::toAddress)
                        .atMost(limitMillis),
                both.medianTime(
                        name + "delay after the last advert, median",
                        takeover -> takeover.afterLast().minus(timing.masterDown())),
                both.sum(name + "untimely adverts, all runs", Takeover::untimelyAdverts));
    }
}
