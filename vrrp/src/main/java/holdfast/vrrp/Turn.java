package holdfast.vrrp;

import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.List;

/// One call of the node: what time it is, and what has been asked of the world so far.
final class Turn {

    private final MonoTime now;
    private final List<VrrpEffect> effects = new ArrayList<>();
    private int announcementsLeft = AnnouncementSchedule.PER_TURN;
    private boolean roleChanges;

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

    boolean hasRoleChanges() {
        return roleChanges;
    }

    List<VrrpEffect> effects() {
        return effects;
    }
}
