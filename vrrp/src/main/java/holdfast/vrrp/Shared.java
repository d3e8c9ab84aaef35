package holdfast.vrrp;

import holdfast.time.MonoTime;

/// What all instances of a node have in common.
///
/// @param listensAt the end of the start-up delay: no advert counts earlier, and no timer runs
record Shared(
        Surroundings surroundings,
        AnnouncementSchedule announcements,
        Agenda agenda,
        MonoTime listensAt) {}
