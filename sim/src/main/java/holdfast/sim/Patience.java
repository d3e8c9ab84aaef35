package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.Version;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.Optional;

/// How long a backup has to wait, worked out anew from what it heard (RFC 9568, section 6.1).
final class Patience {

    private static final int STEPS = 256;
    private static final int HIGHEST = 255;

    private Optional<MonoTime> earliest = Optional.empty();
    private MonoTime latest = MonoTime.NEVER;
    private Optional<MonoTime> preemptAt = Optional.empty();

    /// Whether a preempt delay may be running that was not seen to begin.
    private boolean blind;

    /// Nothing can be said until the next reason to wait.
    void forget() {
        earliest = Optional.empty();
        latest = MonoTime.NEVER;
    }

    /// Nothing is followed any more, not even a preempt delay.
    void lookAway() {
        forget();
        blind = true;
    }

    private void startAnew() {
        preemptAt = Optional.empty();
        blind = false;
    }

    /// A backup begins, after a start or a fault; the first time it may have been told to hurry.
    void begin(MonoTime from, InstanceStatus now) {
        startAnew();
        Duration own = now.spec().timing().interval();
        if (now.spec().isOwner()) {
            wait(from, Duration.ZERO, Duration.ofMillis(1));
            return;
        }
        Duration whole = masterDown(now, own);
        boolean hurries = now.spec().election().wantsMaster();
        wait(from, hurries ? own.plus(skew(now.spec(), HIGHEST, own)) : whole, whole);
    }

    /// A master yields to a stronger one, which promised another advert after `interval`.
    void giveWay(MonoTime from, InstanceStatus now, Duration interval) {
        startAnew();
        Duration whole = masterDown(now, interval);
        wait(from, whole, whole);
    }

    /// Somebody took an address away.
    void stepBack(MonoTime from, InstanceStatus now) {
        startAnew();
        Duration skew = skew(now.spec(), now.priority(), now.masterInterval());
        wait(from, skew, skew);
    }

    /// Its group steps back, for a moment or for a whole wait.
    void follow(MonoTime from, InstanceStatus now) {
        startAnew();
        Duration interval = now.masterInterval();
        wait(from, skew(now.spec(), now.priority(), interval), masterDown(now, interval));
    }

    /// Its priority changed, and its skew by so much.
    ///
    /// @param member of a group: one that has waited for long enough has, whatever comes
    void move(MonoTime at, Duration difference, boolean member) {
        if (earliest.isPresent() && !(member && mayTakeOver(at))) {
            MonoTime moved = latest.plus(difference);
            earliest = Optional.of(earliest.get().plus(difference));
            latest = moved.isAfter(at) ? moved : at.plus(Duration.ofNanos(1));
        }
    }

    /// A backup heard an advert.
    void hear(MonoTime at, InstanceStatus was, InstanceStatus now, Advert advert) {
        if (advert.isResignation()) {
            Duration skew = skew(now.spec(), now.priority(), was.masterInterval());
            wait(at, skew, skew);
            return;
        }
        boolean stronger = advert.priority() >= now.priority();
        if (stronger || !now.spec().election().preempt()) {
            giveWay(at, now, advert.interval());
            return;
        }
        Duration delay = now.spec().election().preemptDelay();
        if (delay.isZero()) {
            return;
        }
        if (blind) {
            forget();
            return;
        }
        MonoTime end = preemptAt.orElse(at.plus(delay));
        if (end.isAfter(at)) {
            giveWay(at, now, advert.interval());
            preemptAt = Optional.of(end);
        }
    }

    boolean knowsWhen() {
        return earliest.isPresent();
    }

    /// Whether it has waited for as long as it may.
    boolean isOver(MonoTime at) {
        return knowsWhen() && !latest.isAfter(at);
    }

    boolean mayTakeOver(MonoTime at) {
        return earliest.isEmpty() || !earliest.get().isAfter(at.plus(Duration.ofNanos(1)));
    }

    /// By when it must mean to take over.
    MonoTime latest() {
        return latest;
    }

    private void wait(MonoTime from, Duration least, Duration most) {
        earliest = Optional.of(from.plus(least));
        latest = from.plus(most).plus(Duration.ofNanos(1));
    }

    static Duration masterDown(InstanceStatus one, Duration masterInterval) {
        VrrpSpec spec = one.spec();
        return Duration.ofNanos(masterInterval.toNanos() * spec.timing().downTimerAdverts())
                .plus(skew(spec, one.priority(), masterInterval));
    }

    static Duration skew(VrrpSpec spec, int priority, Duration masterInterval) {
        Duration unit = spec.version() == Version.V2 ? Duration.ofSeconds(1) : masterInterval;
        return Duration.ofNanos(unit.toNanos() * (STEPS - priority) / STEPS);
    }
}
