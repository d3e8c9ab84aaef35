package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.util.Optional;

/// What a virtual router is at; each state carries the timers that run in it, and no others.
///
/// What each state says of itself is asked for each packet, so the states say it, and no switch.
sealed interface State {

    /// When the state ends, or wants something, by itself.
    MonoTime deadline();

    /// The word for it.
    Role asRole();

    /// Too little is known of the host to take a role.
    record Init() implements State {
        @Override
        public MonoTime deadline() {
            return MonoTime.NEVER;
        }

        @Override
        public Role asRole() {
            return Role.INIT;
        }
    }

    record Fault() implements State {
        @Override
        public MonoTime deadline() {
            return MonoTime.NEVER;
        }

        @Override
        public Role asRole() {
            return Role.FAULT;
        }
    }

    /// @param masterDownAt when the master is held to be gone
    /// @param expiryMeans why we become master if nothing else happens
    /// @param preemptAt the end of the preempt delay, once a weaker master was heard
    /// @param silent whether a whole wait passed without a master; the group decides then
    record Backup(
            MonoTime masterDownAt, Cause expiryMeans, Optional<MonoTime> preemptAt, boolean silent)
            implements State {

        static Backup waiting(MonoTime masterDownAt, Cause expiryMeans) {
            return new Backup(masterDownAt, expiryMeans, Optional.empty(), false);
        }

        /// The same wait with another end.
        Backup until(MonoTime at) {
            return new Backup(at, expiryMeans, preemptAt, silent);
        }

        Backup until(MonoTime at, Cause meaning) {
            return new Backup(at, meaning, preemptAt, silent);
        }

        /// Another wait, whatever came of the last one.
        Backup waitAnew(MonoTime at, Cause meaning) {
            return new Backup(at, meaning, preemptAt, false);
        }

        /// A wait is over, but the group is not of one mind.
        Backup waitAgain(MonoTime at) {
            return new Backup(at, expiryMeans, preemptAt, true);
        }

        @Override
        public MonoTime deadline() {
            return masterDownAt;
        }

        @Override
        public Role asRole() {
            return Role.BACKUP;
        }
    }

    /// @param advertAt when the next advert is due
    /// @param rivalry another owner that must be dealt with
    record Master(MonoTime advertAt, Optional<Rivalry> rivalry, AnnouncementTimes announcing)
            implements State {

        /// The first interval as a master has just begun.
        static Master takeover(Turn turn, VrrpSpec spec) {
            return new Master(
                    turn.now().plus(turn.firstInterval(spec.timing().interval())),
                    Optional.empty(),
                    AnnouncementTimes.takeover(turn.now(), spec.announcing()));
        }

        /// Goes on under new orders; no advert comes later than they want it.
        Master respecified(MonoTime now, VrrpSpec old, VrrpSpec next) {
            MonoTime latest = now.plus(next.timing().interval());
            return new Master(
                    advertAt.isAfter(latest) ? latest : advertAt,
                    rivalry,
                    announcing.respecified(now, old.announcing(), next.announcing()));
        }

        Master with(Optional<Rivalry> other) {
            return new Master(advertAt, other, announcing);
        }

        Master with(AnnouncementTimes times) {
            return new Master(advertAt, rivalry, times);
        }

        Master advertisingAt(MonoTime at) {
            return new Master(at, rivalry, announcing);
        }

        @Override
        public MonoTime deadline() {
            MonoTime first = advertAt;
            if (rivalry.isPresent() && first.isAfter(rivalry.get().judgeAt())) {
                first = rivalry.get().judgeAt();
            }
            MonoTime announceAt = announcing.deadline();
            return first.isAfter(announceAt) ? announceAt : first;
        }

        @Override
        public Role asRole() {
            return Role.MASTER;
        }
    }

    /// @param role [Role#STOP] or [Role#DELETED]
    record Ended(Role role) implements State {
        @Override
        public MonoTime deadline() {
            return MonoTime.NEVER;
        }

        @Override
        public Role asRole() {
            return role;
        }
    }
}
