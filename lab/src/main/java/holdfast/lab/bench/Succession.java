package holdfast.lab.bench;

import holdfast.lab.AddressChange;
import holdfast.lab.AddressWatch;
import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// How soon the second of two hosts serves everything after the first was killed, when that is as
/// many virtual routers as one interface can have.
///
/// @param toAdvert from the kill to the last of the first adverts
/// @param toAddress from the kill to the last of the addresses
/// @param spread from the first of the addresses to the last
/// @param untimelyAdverts how many the second sent before
record Succession(Duration toAdvert, Duration toAddress, Duration spread, long untimelyAdverts) {

    static final String TITLE = "Takeover of 255 instances";

    private static final int INSTANCES = 255;
    private static final Timing TIMING = new Timing(3, "0.1", 100);
    private static final Duration SETTLING = Duration.ofSeconds(4);

    private static final String MANNER =
            """
            255 virtual routers on one interface (v3, 0.1 s), with an address each; the host
            that serves all of them gets `SIGKILL`, and the other takes them over. The time
            of the protocol after the last advert is 361 ms for each. An address counts from
            the moment at which the kernel's message about it is read; *the last* is when
            all 255 are owned.
            """;

    static Section measure(int runs) {
        var both = Both.byTurns(runs, (software, _) -> once(software));
        return new Section(
                TITLE,
                MANNER,
                List.of(
                        both.medianTime("kill to the last address, median", Succession::toAddress)
                                .aboveTheirsAtMost(0),
                        both.worstTime("kill to the last address, worst", Succession::toAddress),
                        both.medianTime("kill to the last advert, median", Succession::toAdvert),
                        both.medianTime(
                                "from the first address to the last, median", Succession::spread),
                        both.sum("untimely adverts, all runs", Succession::untimelyAdverts)));
    }

    private static Succession once(Software software) {
        try (Site site = Site.open();
                Recording wire = Recording.bulk(site.wire().host(), site.wire().device());
                AddressWatch addresses = AddressWatch.start(site.second())) {
            Daemon first =
                    Daemon.start(software, site.first(), Routers.masters(INSTANCES, TIMING).text());
            Await.until(
                    "all routers serve",
                    Site.PATIENCE,
                    () -> firsts(wire, Instant.EPOCH, Site.FIRST).size() == INSTANCES,
                    first::log);
            Instant joined = Instant.now();
            Daemon second =
                    Daemon.start(
                            software, site.second(), Routers.backups(INSTANCES, TIMING).text());
            Await.until("the second listens", Site.PATIENCE, () -> site.hearing().isThere());
            LockSupport.parkNanos(SETTLING.toNanos());

            Instant killed = first.kill();
            Await.until(
                    "the second owns all addresses",
                    Site.PATIENCE,
                    () -> owned(addresses, killed).size() == INSTANCES,
                    second::log);
            Await.until(
                    "the second speaks for all",
                    Site.PATIENCE,
                    () -> firsts(wire, killed, Site.SECOND).size() == INSTANCES,
                    second::log);
            second.kill();
            List<Instant> adverts =
                    firsts(wire, killed, Site.SECOND).values().stream().sorted().toList();
            List<Instant> came = owned(addresses, killed).values().stream().sorted().toList();
            long untimely =
                    wire.since(joined, Site.SECOND).stream()
                            .filter(advert -> advert.at().isBefore(killed))
                            .count();
            var succession =
                    new Succession(
                            Duration.between(killed, adverts.getLast()),
                            Duration.between(killed, came.getLast()),
                            Duration.between(came.getFirst(), came.getLast()),
                            untimely);
            Bench.say("%d instances, %s: %s".formatted(INSTANCES, software, succession));
            return succession;
        }
    }

    /// When each router was first heard.
    private static Map<Integer, Instant> firsts(Recording wire, Instant since, String source) {
        Map<Integer, Instant> firsts = new HashMap<>();
        wire.since(since, source).forEach(one -> firsts.putIfAbsent(one.vrid(), one.at()));
        return firsts;
    }

    /// When each address of a router came; one that was there before its time, at the kill.
    private static Map<String, Instant> owned(AddressWatch addresses, Instant since) {
        Set<String> wanted = new HashSet<>();
        for (int vrid = 1; vrid <= INSTANCES; vrid++) {
            wanted.add(Routers.address(vrid));
        }
        Map<String, Instant> owned = new HashMap<>();
        for (AddressChange change : addresses.changes()) {
            boolean early = change.at().isBefore(since);
            if (wanted.contains(change.address())) {
                if (change.added()) {
                    owned.putIfAbsent(change.address(), early ? since : change.at());
                } else if (early) {
                    owned.remove(change.address());
                }
            }
        }
        return owned;
    }
}
