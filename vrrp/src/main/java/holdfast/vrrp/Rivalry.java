package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.time.Duration;

/// Another router that claims to be the owner as well, with a lower address than ours.
///
/// We tell it twice that we are there, and wait a little longer than an interval. If it still
/// speaks then, it does not listen, and somebody has to give way.
///
/// @param advertsLeft adverts it is still to be sent
/// @param patience how long it has to fall silent
/// @param judgeAt when the wait is over; never while adverts are left
/// @param heardSince whether it spoke during the wait
record Rivalry(int advertsLeft, Duration patience, MonoTime judgeAt, boolean heardSince) {

    private static final int WARNINGS = 2;

    static Rivalry with(Duration ownInterval, Duration otherInterval) {
        Duration longer = ownInterval.compareTo(otherInterval) >= 0 ? ownInterval : otherInterval;
        return new Rivalry(WARNINGS, longer.multipliedBy(6).dividedBy(5), MonoTime.NEVER, false);
    }

    Rivalry advertised(MonoTime now) {
        if (advertsLeft == 0) {
            return this;
        }
        MonoTime at = advertsLeft == 1 ? now.plus(patience) : MonoTime.NEVER;
        return new Rivalry(advertsLeft - 1, patience, at, false);
    }

    Rivalry heard() {
        return new Rivalry(advertsLeft, patience, judgeAt, advertsLeft == 0);
    }
}
