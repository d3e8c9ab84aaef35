package holdfast.vrrp;

import holdfast.time.Agenda;
import holdfast.time.MonoTime;

/// What all instances of a node have in common.
///
/// @param listensAt the end of the start-up delay: no advert counts earlier, and no timer runs
record Shared(
        Surroundings surroundings,
        AnnouncementSchedule announcements,
        Agenda<VrrpInstance> agenda,
        WallClock clock,
        MonoTime listensAt) {

    /// Notes when an instance wants to be woken; never is a time too.
    void wake(Agenda.Entry<VrrpInstance> alarm, MonoTime at) {
        if (at.equals(MonoTime.NEVER)) {
            agenda.strike(alarm);
        } else {
            agenda.put(alarm, at);
        }
    }
}
