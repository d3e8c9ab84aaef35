package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One event at one router: what was, what came of it, and what is now.
///
/// @param sent when each packet really left
/// @param moved whether roles or priorities changed, or anything that they depend on
/// @param handled whether addresses came or went
record Step(
        Router router,
        MonoTime now,
        VrrpEvent event,
        List<VrrpEffect> effects,
        List<Sent> sent,
        NodeSpec ordersBefore,
        NodeSpec orders,
        List<Change> changes,
        boolean moved,
        boolean handled) {

    /// A packet of an instance.
    record Sent(MonoTime at, VrrpEffect.SendPacket packet, int priority) {}

    /// What became of one instance.
    ///
    /// @param old as it was before; empty for one that is new
    record Change(Optional<InstanceStatus> old, InstanceStatus now, TimeLaws.Diary diary) {

        InstanceStatus was() {
            return old.orElse(now);
        }

        boolean isStillMaster() {
            return was().role() == Role.MASTER && now.role() == Role.MASTER;
        }
    }

    boolean isReload() {
        return event instanceof VrrpEvent.Respecified;
    }

    /// How often the instance sent this kind of packet; a copy for each peer counts once.
    List<Sent> rounds(InstanceStatus one, boolean resignations) {
        if (sent.isEmpty()) {
            return List.of();
        }
        List<Sent> rounds = new ArrayList<>();
        for (Sent packet : sent) {
            if (packet.packet().instance().equals(one.spec().name())
                    && (packet.priority() == 0) == resignations
                    && (rounds.isEmpty() || isCopy(packet, rounds.getFirst()))) {
                rounds.add(packet);
            }
        }
        return rounds;
    }

    private static boolean isCopy(Sent one, Sent other) {
        return one.packet().destination().equals(other.packet().destination());
    }

    String who(InstanceStatus one) {
        return router.name() + "/" + one.spec().name() + ": ";
    }
}
