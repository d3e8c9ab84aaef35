package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One call of the node: what time it is, and what has been asked of the world so far.
final class Turn {

    private static final int ADVERTS_AT_ONCE = 64;
    private static final Duration APART = Duration.ofMillis(4);

    private final MonoTime now;
    private final List<VrrpEffect> effects = new ArrayList<>();
    private int announcementsLeft = AnnouncementSchedule.PER_TURN;
    private boolean roleChanges;
    private int takeovers;

    Turn(MonoTime now) {
        this.now = now;
    }

    MonoTime now() {
        return now;
    }

    void ask(VrrpEffect effect) {
        effects.add(effect);
        roleChanges |= effect instanceof VrrpEffect.RoleChanged;
    }

    void askAll(List<? extends VrrpEffect> more) {
        effects.addAll(more);
    }

    /// Uses up one of the announcements that a turn may make; false when none are left.
    boolean mayAnnounce() {
        if (announcementsLeft == 0) {
            return false;
        }
        announcementsLeft--;
        return true;
    }

    /// The first interval of one more router that becomes master in this turn. Where many do, some
    /// begin with shorter ones: adverts that all fell due at once would wait for each other, and
    /// come early and late by turns.
    Duration firstInterval(Duration interval) {
        long early = takeovers++ / ADVERTS_AT_ONCE * APART.toNanos();
        return interval.minusNanos(early % (interval.toNanos() / 2));
    }

    boolean hasRoleChanges() {
        return roleChanges;
    }

    List<VrrpEffect> effects() {
        return effects;
    }
}
