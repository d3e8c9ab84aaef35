package holdfast.daemon.vrrp;

import holdfast.time.MonoTime;
import holdfast.vrrp.NodeSpec;
import java.time.Duration;

/// Plays a takeover shortly before a real one is due, so that the real one finds its code where the
/// processor can reach it: after seconds of rest it would be several milliseconds late.
///
/// While masters speak no takeover comes that near, so this costs nothing then. Confined to one
/// thread.
final class Anticipation {

    /// Long enough for the play, and shorter than the rest of any master-down time in which an
    /// advert may still come.
    private static final Duration EARLIER = Duration.ofMillis(-15);

    /// When less than this is left, a play would make the takeover later.
    private static final Duration PLAY = Duration.ofMillis(5);

    private MonoTime playedFor = MonoTime.NEVER;

    /// When to play.
    ///
    /// @param takeoverAt when a backup takes over unless it hears something
    MonoTime deadline(MonoTime takeoverAt) {
        return takeoverAt.equals(playedFor) ? MonoTime.NEVER : takeoverAt.plus(EARLIER);
    }

    /// @return how often somebody became master in the play
    int onDeadline(MonoTime now, MonoTime takeoverAt, NodeSpec spec) {
        playedFor = takeoverAt;
        return takeoverAt.isAfter(now.plus(PLAY)) ? Rehearsal.play(spec, now) : 0;
    }
}
