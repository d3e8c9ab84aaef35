package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.time.Duration;

/// When a master repeats where its addresses are; never, for what is not wanted.
///
/// @param secondAt the second block after the takeover
/// @param refreshAt the next periodic block
/// @param weakerAt the second block after a weaker advert
/// @param elsewhereAt the next message on interfaces without adverts
record AnnouncementTimes(
        MonoTime secondAt, MonoTime refreshAt, MonoTime weakerAt, MonoTime elsewhereAt) {

    static AnnouncementTimes takeover(MonoTime now, Announcing announcing) {
        return new AnnouncementTimes(
                after(now, announcing.delay(), Duration.ZERO),
                after(now, announcing.refresh(), announcing.delay()),
                MonoTime.NEVER,
                after(now, announcing.elsewhere().period(), announcing.delay()));
    }

    /// What remains when orders change: blocks under way, and the new periods.
    AnnouncementTimes respecified(MonoTime now, Announcing from, Announcing to) {
        Duration elsewhere = to.elsewhere().period();
        return new AnnouncementTimes(
                secondAt,
                from.refresh().equals(to.refresh())
                        ? refreshAt
                        : after(now, to.refresh(), Duration.ZERO),
                weakerAt,
                from.elsewhere().period().equals(elsewhere)
                        ? elsewhereAt
                        : after(now, elsewhere, Duration.ZERO));
    }

    AnnouncementTimes afterWeaker(MonoTime now, Announcing announcing) {
        return weakerAt.equals(MonoTime.NEVER)
                ? new AnnouncementTimes(
                        secondAt,
                        refreshAt,
                        after(now, announcing.lowerPriorityDelay(), Duration.ZERO),
                        elsewhereAt)
                : this;
    }

    /// The times that are left after `now`.
    AnnouncementTimes after(MonoTime now, Announcing announcing) {
        return new AnnouncementTimes(
                secondAt.isAfter(now) ? secondAt : MonoTime.NEVER,
                refreshAt.isAfter(now)
                        ? refreshAt
                        : after(now, announcing.refresh(), Duration.ZERO),
                weakerAt.isAfter(now) ? weakerAt : MonoTime.NEVER,
                elsewhereAt.isAfter(now)
                        ? elsewhereAt
                        : after(now, announcing.elsewhere().period(), Duration.ZERO));
    }

    /// How many messages for each address are due.
    int due(MonoTime now, Announcing announcing) {
        int count = secondAt.isAfter(now) ? 0 : announcing.repeat();
        count = Math.max(count, refreshAt.isAfter(now) ? 0 : announcing.refreshRepeat());
        return Math.max(count, weakerAt.isAfter(now) ? 0 : announcing.lowerPriorityRepeat());
    }

    MonoTime deadline() {
        return earlier(earlier(secondAt, refreshAt), earlier(weakerAt, elsewhereAt));
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    private static MonoTime after(MonoTime now, Duration period, Duration more) {
        return period.isZero() ? MonoTime.NEVER : now.plus(more).plus(period);
    }
}
