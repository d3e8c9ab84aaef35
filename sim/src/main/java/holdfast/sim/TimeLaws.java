package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.Cause;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import java.time.Duration;
import java.util.Optional;

/// What must be so of waiting and of speaking: not too early, not too late, not too much.
final class TimeLaws {

    /// An advert may be late by one part in so many of its interval.
    private static final int LATE = 10;

    /// Adverts that are due at any time: one because of the interval, one before yielding.
    private static final int SPARE = 2;

    /// What is remembered of one instance.
    static final class Diary {
        private final Patience patience = new Patience();
        private Optional<MonoTime> lastAdvertAt = Optional.empty();
        private MonoTime windowEnds = new MonoTime(0);
        private long sentInWindow;
        private long calledForInWindow;
        private Optional<Long> lastNumber = Optional.empty();
        private Optional<Long> lastStamp = Optional.empty();

        /// What is late now is late for a reason.
        void excuse() {
            lastAdvertAt = Optional.empty();
        }
    }

    private final Coverage coverage;
    private MonoTime listensAt = new MonoTime(0);

    TimeLaws(Coverage coverage) {
        this.coverage = coverage;
    }

    void begin(MonoTime from) {
        listensAt = from;
    }

    void look(Step step, Told told) {
        for (Step.Change change : step.changes()) {
            Diary diary = change.diary();
            InstanceStatus now = change.now();
            speech(step, change);
            if (change.old().isPresent()) { // another may have borne its name in the same step
                numbers(step, change);
            }
            if (told.group(now.spec()).isPresent()) {
                // A group decides for its members when their time has come.
                diary.patience.lookAway();
            } else {
                takeover(step, diary, change.was(), now);
                wait(step, diary, change.was(), now);
                intent(step, diary, now);
            }
        }
    }

    private void takeover(Step step, Diary diary, InstanceStatus was, InstanceStatus now) {
        if (was.role() == Role.BACKUP && now.role() == Role.MASTER) {
            // Who rises in rank in the same moment had to wait that much less.
            Duration less =
                    Patience.skew(was.spec(), was.priority(), was.masterInterval())
                            .minus(Patience.skew(was.spec(), now.priority(), was.masterInterval()));
            coverage.expect(
                    Law.PATIENCE,
                    diary.patience.mayTakeOver(step.now().plus(less)),
                    () -> step.who(now) + "takes over too early");
        }
    }

    private void intent(Step step, Diary diary, InstanceStatus now) {
        if (now.role() == Role.BACKUP && diary.patience.knowsWhen()) {
            coverage.expect(
                    Law.DILIGENCE,
                    !step.router().deadline().isAfter(diary.patience.latest()),
                    () -> step.who(now) + "waits too long");
        }
    }

    /// Works out how long the instance has to wait from now on.
    private void wait(Step step, Diary diary, InstanceStatus was, InstanceStatus now) {
        MonoTime from = listensAt.isAfter(step.now()) ? listensAt : step.now();
        Patience patience = diary.patience;
        if (now.role() != Role.BACKUP) {
            patience.lookAway();
            return;
        }
        Optional<Cause> cause = cause(step, now);
        boolean heard = now.counters().advertsReceived() > was.counters().advertsReceived();
        if (cause.isPresent()) {
            switch (cause.get()) {
                case STARTED, FAULTS_CLEARED -> patience.begin(from, now);
                case OUTRANKED -> giveWay(step, patience, now);
                case ADDRESS_TAKEN_AWAY, ROUTING_TAKEN_AWAY -> patience.stepBack(from, now);
                default -> patience.lookAway();
            }
        } else if (was.priority() != now.priority() || !was.spec().equals(now.spec())) {
            patience.forget();
        } else if (heard && step.event() instanceof VrrpEvent.PacketReceived(_, var packet)) {
            patience.hear(step.now(), was, now, Advert.of(packet.payload()));
        }
    }

    private static void giveWay(Step step, Patience patience, InstanceStatus now) {
        if (step.event() instanceof VrrpEvent.PacketReceived(_, var packet)) {
            patience.giveWay(step.now(), now, Advert.of(packet.payload()).interval());
        } else {
            patience.lookAway();
        }
    }

    private static Optional<Cause> cause(Step step, InstanceStatus now) {
        Optional<Cause> last = Optional.empty();
        for (VrrpEffect effect : step.effects()) {
            if (effect instanceof VrrpEffect.RoleChanged change
                    && change.instance().equals(now.spec().name())) {
                last = Optional.of(change.cause());
            }
        }
        return last;
    }

    private void speech(Step step, Step.Change change) {
        Diary diary = change.diary();
        InstanceStatus was = change.was();
        InstanceStatus now = change.now();
        boolean steady = change.isStillMaster();
        Duration interval = now.spec().timing().interval();
        boolean timedAnew = !was.spec().timing().equals(now.spec().timing());
        if (!steady || timedAnew) {
            diary.lastAdvertAt = Optional.empty();
        }
        if (timedAnew || step.now().isAfter(diary.windowEnds)) {
            diary.windowEnds = step.now().plus(interval);
            diary.sentInWindow = 0;
            diary.calledForInWindow = 0;
        }
        diary.calledForInWindow +=
                now.counters().advertsReceived()
                        - was.counters().advertsReceived()
                        + (steady ? 0 : 1);
        for (Step.Sent advert : step.rounds(now, false)) {
            diary.lastAdvertAt.ifPresent(last -> punctual(step, now, last, advert.at()));
            diary.lastAdvertAt = Optional.of(advert.at());
            diary.sentInWindow++;
        }
        coverage.expect(
                Law.RESTRAINT,
                diary.sentInWindow <= diary.calledForInWindow + SPARE,
                () ->
                        "%s%d adverts, %d called for"
                                .formatted(
                                        step.who(now),
                                        diary.sentInWindow,
                                        diary.calledForInWindow));
        if (now.role() == Role.MASTER) {
            diary.lastAdvertAt.ifPresent(
                    last -> punctual(step, now, last, step.router().deadline()));
        }
    }

    private void numbers(Step step, Step.Change change) {
        Diary diary = change.diary();
        InstanceStatus now = change.now();
        for (boolean resignations : new boolean[] {false, true}) {
            for (Step.Sent advert : step.rounds(now, resignations)) {
                Optional<Advert.Unique> unique =
                        Advert.unique(advert.packet().message(), now.spec().family());
                if (unique.isEmpty()) {
                    continue;
                }
                long value = unique.get().value();
                boolean trailer = unique.get().trailer();
                Optional<Long> last = trailer ? diary.lastStamp : diary.lastNumber;
                coverage.expect(
                        Law.NUMBERS,
                        last.isEmpty() || Long.compareUnsigned(value, last.get()) > 0,
                        () -> step.who(now) + value + " after " + last);
                if (trailer) {
                    diary.lastStamp = Optional.of(value);
                } else {
                    diary.lastNumber = Optional.of(value);
                }
            }
        }
    }

    private void punctual(Step step, InstanceStatus now, MonoTime last, MonoTime next) {
        long interval = now.spec().timing().interval().toNanos();
        MonoTime latest = new MonoTime(last.nanos() + interval + interval / LATE);
        coverage.expect(
                Law.PUNCTUALITY,
                !next.isAfter(latest),
                () -> step.who(now) + "an advert " + next.since(last) + " after the last");
    }
}
