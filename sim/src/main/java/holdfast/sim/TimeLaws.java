package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.Cause;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Role;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpSpec;
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
        private final Numbers numbers = new Numbers();
        private Optional<MonoTime> lastAdvertAt = Optional.empty();
        private MonoTime windowEnds = new MonoTime(0);
        private long sentInWindow;
        private long calledForInWindow;

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

    void look(Step step) {
        for (Step.Change change : step.changes()) {
            Diary diary = change.diary();
            InstanceStatus now = change.now();
            speech(step, change);
            if (change.old().isPresent()) { // another may have borne its name in the same step
                diary.numbers.look(coverage, step, change);
            }
            if (step.isReload() && !sameGroup(step, change)) {
                diary.patience.lookAway();
            } else {
                takeover(step, diary, change.was(), now);
                wait(step, diary, change.was(), now);
                intent(step, diary, now);
            }
        }
        if (step.event() instanceof VrrpEvent.DeadlineReached) {
            step.orders().groups().forEach(group -> agreed(step, group));
        }
    }

    private static boolean sameGroup(Step step, Step.Change change) {
        return group(step.ordersBefore(), change.was()).equals(group(step.orders(), change.now()));
    }

    private static Optional<SyncGroupSpec> group(NodeSpec orders, InstanceStatus one) {
        return orders.groups().stream()
                .filter(group -> group.members().contains(one.spec().name()))
                .findFirst();
    }

    /// A group takes over when the last of its members has waited for long enough.
    private void agreed(Step step, SyncGroupSpec group) {
        boolean allReady = true;
        for (Step.Change one : step.changes()) {
            if (group.members().contains(one.now().spec().name())) {
                allReady &=
                        one.now().role() == Role.BACKUP && one.diary().patience.isOver(step.now());
            }
        }
        coverage.expect(
                Law.DILIGENCE,
                !allReady,
                () -> step.router().name() + "/" + group.name() + ": waits too long");
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
        // A member of a group that has waited leaves it to the others when.
        boolean member = group(step.orders(), now).isPresent();
        boolean waits =
                diary.patience.knowsWhen() && !(member && diary.patience.mayTakeOver(step.now()));
        if (now.role() == Role.BACKUP && waits) {
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
                case GROUP -> patience.follow(from, now);
                default -> patience.lookAway();
            }
            return;
        }
        boolean member = group(step.orders(), now).isPresent();
        boolean moves = was.priority() != now.priority();
        if (!sameWait(was.spec(), now.spec()) || (moves && heard)) {
            patience.forget();
        } else if (moves) {
            Duration interval = now.masterInterval();
            patience.move(
                    step.now(),
                    Patience.skew(now.spec(), now.priority(), interval)
                            .minus(Patience.skew(now.spec(), was.priority(), interval)),
                    member);
        } else if (heard && step.event() instanceof VrrpEvent.PacketReceived(_, var packet)) {
            patience.hear(step.now(), was, now, Advert.of(packet.payload()));
        }
    }

    /// Whether all is the same that a wait depends on.
    private static boolean sameWait(VrrpSpec was, VrrpSpec now) {
        return was.version() == now.version()
                && was.timing().equals(now.timing())
                && was.election().preempt() == now.election().preempt()
                && was.election().preemptDelay().equals(now.election().preemptDelay())
                && was.isOwner() == now.isOwner();
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

    private void punctual(Step step, InstanceStatus now, MonoTime last, MonoTime next) {
        long interval = now.spec().timing().interval().toNanos();
        MonoTime latest = new MonoTime(last.nanos() + interval + interval / LATE);
        coverage.expect(
                Law.PUNCTUALITY,
                !next.isAfter(latest),
                () -> step.who(now) + "an advert " + next.since(last) + " after the last");
    }
}
