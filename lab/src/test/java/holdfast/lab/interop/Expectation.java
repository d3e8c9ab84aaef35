package holdfast.lab.interop;

import java.time.Duration;
import java.util.Optional;

/// What a scene ought to come to, by the RFCs and by what is known of the programs.
///
/// Immutable.
///
/// @param settled after what time the last change ought to have been
/// @param nobody for how long nobody ought to serve
/// @param both for how long both may serve
/// @param speaks who ought to send adverts in the end
/// @param remark which of the programs departs from the RFCs here, and how; shown below the table
record Expectation(
        Holder holder,
        Duration settled,
        Duration nobody,
        Duration both,
        Holder speaks,
        Optional<Remark> remark) {

    /// What the programs around the routers may take, which wait for each other in small steps.
    static final Duration STEP = Duration.ofMillis(25);

    private static final Duration INTERVAL = Settings.SECOND;
    private static final Duration NONE = Duration.ZERO;
    private static final Duration FOREVER = Duration.ofDays(1);

    /// More intervals than one router has sent packets more than the other in these scenes. How
    /// many those are depends on how often each program speaks out of turn, and differs by a few.
    static final Duration HEADERS_MAX = Duration.ofSeconds(8);

    /// For two programs that speak with each other, in a scene they can play.
    static Expectation of(Speech speech, Pair pair, Scene scene) {
        Settings better = Settings.of(speech, 2, 1, Match.BETTER);
        Settings weaker = Settings.of(speech, 1, 2, Match.WEAKER);
        Expectation plain = plain(scene, better, weaker);
        return Remark.of(speech, pair, scene)
                .map(remark -> plain.departing(remark, scene))
                .orElse(plain);
    }

    /// What the protocol says, for two perfect programs.
    private static Expectation plain(Scene scene, Settings better, Settings weaker) {
        Duration betterDown = better.masterDown(INTERVAL);
        Duration weakerDown = weaker.masterDown(INTERVAL).minus(Match.HALF);
        return switch (scene) {
            case START -> takes(Holder.FIRST, betterDown, betterDown);
            case KILL -> takes(Holder.SECOND, weakerDown, weakerDown);
            case RETURN, ADDRESSES -> takes(Holder.FIRST, betterDown, NONE);
            case CUT -> apart(weakerDown);
            case MEND, TIE -> yields(weakerDown.minus(INTERVAL.multipliedBy(3)));
            case STOP -> takes(Holder.SECOND, weaker.skew(INTERVAL), weaker.skew(INTERVAL));
            case OWNER -> takes(Holder.FIRST, NONE, NONE);
            case NO_PREEMPTION -> takes(Holder.SECOND, NONE, NONE);
            case INTERVALS ->
                    better.speech().version() == 2
                            ? apart(better.masterDown(Match.SLOW))
                            : takes(Holder.FIRST, better.masterDown(Match.SLOW), NONE);
            case DELAY -> takes(Holder.FIRST, delayed(better), NONE);
        };
    }

    /// The delay begins with the first advert of the weaker one, and the down timer with the last
    /// one before the delay ends.
    private static Duration delayed(Settings better) {
        Duration firstAdvert = Match.DELAYED.minus(Match.HALF);
        long adverts = Match.DELAY.dividedBy(Match.DELAYED);
        return firstAdvert
                .plus(Match.DELAYED.multipliedBy(adverts))
                .plus(better.masterDown(Match.DELAYED));
    }

    private static Expectation takes(Holder holder, Duration settled, Duration nobody) {
        return new Expectation(holder, settled, nobody, NONE, holder, Optional.empty());
    }

    /// Both serve from a time on, since neither listens to the other.
    private static Expectation apart(Duration from) {
        return new Expectation(Holder.BOTH, from, NONE, FOREVER, Holder.BOTH, Optional.empty());
    }

    /// Both served, and the second yields to an answer, when it has spoken after this time.
    private static Expectation yields(Duration spoken) {
        return new Expectation(Holder.FIRST, spoken, NONE, spoken, Holder.FIRST, Optional.empty());
    }

    private Expectation departing(Remark known, Scene scene) {
        return switch (known) {
            case REFUSES_LISTS -> with(known, Holder.BOTH, Duration.ZERO, FOREVER, Holder.BOTH);
            case FALLS_SILENT -> with(known, Holder.BOTH, Duration.ZERO, FOREVER, Holder.SECOND);
            case STAYS_UP -> with(known, Holder.BOTH, Duration.ZERO, FOREVER, Holder.SECOND);
            case ANSWERS_LATE -> {
                Duration later = Match.HALF.minus(settled);
                yield with(known, holder, later, both.plus(later), speaks);
            }
            case HEADERS_COUNT -> with(known, holder, HEADERS_MAX, both.plus(HEADERS_MAX), speaks);
            case FIRST_ADVERT -> {
                Duration interval = scene == Scene.INTERVALS ? Match.SLOW : INTERVAL;
                yield with(known, holder, interval, both.plus(interval), speaks);
            }
        };
    }

    private Expectation with(
            Remark known, Holder inTheEnd, Duration later, Duration bothServe, Holder speakers) {
        Duration gap = inTheEnd == Holder.BOTH ? NONE : nobody;
        return new Expectation(
                inTheEnd, settled.plus(later), gap, bothServe, speakers, Optional.of(known));
    }

    /// Where an outcome is not what it ought to be; empty when it is.
    Optional<String> contradiction(Outcome outcome, Holder spoke) {
        boolean exact = !remark.equals(Optional.of(Remark.HEADERS_COUNT));
        boolean met =
                outcome.holder() == holder
                        && spoke == speaks
                        && isNear(outcome.nobody(), nobody)
                        && outcome.both().compareTo(both.plus(STEP)) <= 0
                        && (exact
                                ? isNear(outcome.settled(), settled)
                                : outcome.settled().compareTo(settled.plus(STEP)) <= 0);
        return met
                ? Optional.empty()
                : Optional.of("%s, and %s spoke; not %s".formatted(outcome, spoke, this));
    }

    private static boolean isNear(Duration actual, Duration wanted) {
        return actual.minus(wanted).abs().compareTo(STEP) <= 0;
    }
}
