package holdfast.lab.interop;

import holdfast.lab.Await;
import holdfast.lab.Capture;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Packet;
import holdfast.lab.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Two routers on one wire, to which the scenes happen one after another.
///
/// Meant for virtual time, where letting time pass costs none. Events come half an interval after
/// an advert, so that what follows from them is the same in each run. Confined to one thread.
final class Match {

    private static final String ADVERTS =
            "outbound and (ip proto 112 or ip proto 51 or ip6 proto 112)";

    /// Long enough for the slowest change, a preemption after its delay, and some calm after it.
    private static final Duration SPAN = Duration.ofSeconds(25);

    /// Longer than any interval: who spoke in this time speaks.
    private static final Duration CALM = Duration.ofSeconds(5);

    /// Long enough for the second to take over after a goodbye, and to have spoken.
    private static final Duration REST = Duration.ofSeconds(5);

    static final Duration HALF = Duration.ofMillis(500);
    static final Duration DELAY = Duration.ofSeconds(9);
    static final Duration DELAYED = Duration.ofSeconds(2);

    /// More than the second would wait if it did not learn this interval from its master.
    static final Duration SLOW = Duration.ofSeconds(4);

    static final int BETTER = 150;
    static final int WEAKER = 100;

    private final Lab lab;
    private final Wire wire;
    private final Settings better;
    private final Settings weaker;
    private final Contender first;
    private final Contender second;
    private final Capture firstAdverts;
    private final Capture secondAdverts;
    private Holder spoke = Holder.NOBODY;

    Match(Lab lab, Pair pair, Speech speech) {
        this.lab = lab;
        wire = lab.wire();
        better = Settings.of(speech, 2, 1, BETTER);
        weaker = Settings.of(speech, 1, 2, WEAKER);
        Host a = host("a", better);
        Host b = host("b", weaker);
        if (speech.isUnicast()) {
            acquaint(a, weaker, b);
            acquaint(b, better, a);
        }
        firstAdverts = Capture.start(a, "eth0", ADVERTS);
        secondAdverts = Capture.start(b, "eth0", ADVERTS);
        first = Contender.of(pair.first(), a, better);
        second = Contender.of(pair.second(), b, weaker);
        Await.moment(Instant.now().plus(REST)); // Until the kernel has joined its groups.
    }

    private Host host(String label, Settings settings) {
        int last = settings.ours();
        return lab.host(label)
                .set("net.ipv6.conf.default.addr_gen_mode", "1") // No link-local one by itself.
                .plug(
                        wire,
                        "eth0",
                        "10.0.0.%d/24".formatted(last),
                        "2001:db8::%d/64".formatted(last),
                        "fe80::%d0/64".formatted(last));
    }

    /// Unicast adverts would else wait for the timers of the neighbour table after a cut.
    private static void acquaint(Host host, Settings others, Host other) {
        String link = other.run("ip", "-br", "link", "show", "dev", "eth0").split("\\s+")[2];
        String address = others.address(others.ours());
        host.run("ip", "neighbour", "replace", address, "lladdr", link, "dev", "eth0");
    }

    /// Plays one scene; scenes count on those before.
    Outcome play(Scene scene) {
        return switch (scene) {
            case START -> {
                Instant at = first.start();
                second.start();
                yield observe(at);
            }
            case KILL -> observe(first.kill(next(firstAdverts, better)));
            case RETURN -> observe(first.start());
            case CUT -> {
                Await.moment(next(firstAdverts, better));
                yield observe(isolate("on"));
            }
            case MEND -> {
                Await.moment(next(firstAdverts, better));
                yield observe(isolate("off"));
            }
            case STOP -> {
                Await.moment(next(firstAdverts, better));
                yield observe(first.stop());
            }
            case OWNER -> challenge(better.withPriority(Settings.OWNER), weaker);
            case NO_PREEMPTION -> challenge(better.withoutPreemption(), weaker);
            case ADDRESSES -> challenge(better.withAnotherVip(), weaker);
            case INTERVALS -> challenge(better.withInterval(SLOW), weaker);
            case DELAY -> {
                Settings slow = weaker.withInterval(DELAYED);
                second.stop();
                second.tell(slow);
                second.start();
                Await.moment(Instant.now().plus(SPAN));
                Outcome outcome = challenge(better.withInterval(DELAYED).withDelay(DELAY), slow);
                second.stop();
                second.tell(weaker);
                second.start();
                yield outcome;
            }
            case TIE -> tie();
        };
    }

    /// The first comes while the second serves, and goes again after the observation.
    private Outcome challenge(Settings settings, Settings seconds) {
        first.tell(settings);
        Await.moment(next(secondAdverts, seconds));
        Outcome outcome = observe(first.start());
        first.stop();
        first.tell(better);
        Await.moment(Instant.now().plus(REST));
        return outcome;
    }

    private Outcome tie() {
        second.stop();
        first.tell(better.withPriority(WEAKER));
        first.start();
        Await.moment(Instant.now().plus(REST));
        second.start();
        Await.moment(Instant.now().plus(REST));
        play(Scene.CUT);
        return play(Scene.MEND);
    }

    /// Lets time pass, and says what came of an event.
    private Outcome observe(Instant event) {
        Instant end = event.plus(SPAN);
        Await.moment(end);
        Instant late = end.minus(CALM);
        spoke =
                Holder.of(
                        !firstAdverts.since(late).isEmpty(), !secondAdverts.since(late).isEmpty());
        return Outcome.of(first.turns(), second.turns(), event, end);
    }

    /// The next moment that is half an interval after an advert.
    private static Instant next(Capture adverts, Settings settings) {
        Instant moment = adverts.packets().getLast().at().plus(HALF);
        while (moment.isBefore(Instant.now())) {
            moment = moment.plus(settings.interval());
        }
        return moment;
    }

    /// Neither hears the other while this is on, and both keep their carrier.
    private Instant isolate(String how) {
        Instant at = Instant.now();
        wire.host().run("bridge", "link", "set", "dev", "to-a", "isolated", how);
        wire.host().run("bridge", "link", "set", "dev", "to-b", "isolated", how);
        return at;
    }

    /// Who spoke at the end of the last scene.
    Holder spoke() {
        return spoke;
    }

    /// What the independent eye of tcpdump finds wrong with the adverts up to now.
    List<Packet> oddities() {
        return Stream.of(firstAdverts, secondAdverts)
                .flatMap(capture -> capture.packets().stream())
                .filter(packet -> isOdd(packet.text()))
                .toList();
    }

    private boolean isOdd(String text) {
        boolean near = text.contains("ttl 255") || text.contains("hlim 255");
        return text.contains("bad ")
                || text.contains("truncated")
                || !(near || better.speech().isUnicast()); // No RFC says how far that may go.
    }

    /// What both have written.
    String logs() {
        return first.log() + "\n--\n" + second.log();
    }
}
