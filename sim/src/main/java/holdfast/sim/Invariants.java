package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.Role;
import holdfast.vrrp.Routing;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must be so after every event, and what must be so in the end.
final class Invariants {

    /// Looks at one router that took one event.
    void check(Router router, VrrpEvent event, List<VrrpEffect> effects) {
        if (event instanceof VrrpEvent.AddressTakenAway) {
            return;
        }
        boolean stopped = event instanceof VrrpEvent.StopRequested;
        Map<String, Role> roles = new HashMap<>();
        for (InstanceStatus instance : router.status()) {
            roles.put(instance.spec().name(), instance.role());
            for (VirtualAddress address : instance.spec().addresses()) {
                boolean master = instance.role() == Role.MASTER;
                boolean started = instance.role() != Role.INIT;
                // What an owner has is its own, whatever became of its process.
                boolean excused = instance.spec().isOwner() && !master;
                if (started && !excused && master != router.holds(address)) {
                    throw new Violation(
                            "%s is %s, but %s %s"
                                    .formatted(
                                            who(router, instance),
                                            instance.role(),
                                            master ? "lacks" : "holds",
                                            address.address()));
                }
                boolean shut = master && !instance.spec().accepts();
                if (started && shut != router.blocks(address)) {
                    throw new Violation(
                            "%s is %s and %s packets to %s"
                                    .formatted(
                                            who(router, instance),
                                            instance.role(),
                                            shut ? "takes" : "drops",
                                            address.address()));
                }
            }
            checkRouting(router, instance);
            if (stopped && instance.role() != Role.STOP) {
                throw new Violation(who(router, instance) + " does not stop");
            }
        }
        for (SyncGroupSpec group : router.spec().groups()) {
            long masters =
                    group.members().stream()
                            .filter(member -> roles.get(member) == Role.MASTER)
                            .count();
            if (masters != 0 && masters != group.members().size()) {
                throw new Violation(router.name() + " disagrees with itself: " + roles);
            }
        }
        boolean moved =
                effects.stream()
                        .anyMatch(
                                effect ->
                                        effect instanceof VrrpEffect.RoleChanged change
                                                && change.from() != Role.INIT);
        if (moved && event instanceof VrrpEvent.Respecified) {
            throw new Violation(router.name() + " changes its role for a reload: " + effects);
        }
    }

    /// Looks at addresses before they are put on their interfaces.
    void checkClaim(Router router, String instance, List<VirtualAddress> addresses) {
        for (InstanceStatus status : router.status()) {
            if (status.spec().name().equals(instance)
                    && !status.spec().accepts()
                    && !addresses.stream().allMatch(router::blocks)) {
                throw new Violation(who(router, status) + " takes packets for a moment");
            }
        }
    }

    private static void checkRouting(Router router, InstanceStatus instance) {
        boolean master = instance.role() == Role.MASTER;
        for (Routing routing : instance.spec().routing()) {
            if (instance.role() != Role.INIT && master != router.holds(routing)) {
                throw new Violation(
                        "%s is %s, but %s a route"
                                .formatted(
                                        who(router, instance),
                                        instance.role(),
                                        master ? "lacks" : "holds"));
            }
        }
    }

    /// Looks at what a reload without news did.
    void checkUntouched(Router router, List<VrrpEffect> effects) {
        if (!effects.isEmpty()) {
            throw new Violation(router.name() + " acts on a reload without news: " + effects);
        }
    }

    /// Looks at a cluster that had time to settle.
    ///
    /// @param quietSince no role may have changed later
    void checkSettled(List<Router> routers, Segment segment, MonoTime quietSince) {
        for (Router router : routers) {
            if (router.lastRoleChangeAt().isAfter(quietSince)) {
                throw new Violation(router.name() + " is restless in the calm");
            }
        }
        int instances = routers.getFirst().status().size();
        for (int i = 0; i < instances; i++) {
            for (Router router : routers) {
                checkPart(partOf(router, routers, segment), i);
            }
        }
    }

    private static List<Router> partOf(Router one, List<Router> routers, Segment segment) {
        return routers.stream().filter(other -> segment.joins(one, other)).toList();
    }

    private static void checkPart(List<Router> part, int index) {
        List<String> masters = new ArrayList<>();
        int masterPriority = 0;
        int highest = 0;
        boolean preempt = true;
        for (Router router : part) {
            InstanceStatus status = router.status().get(index);
            highest = Math.max(highest, status.priority());
            preempt &= status.spec().election().preempt();
            if (status.role() == Role.MASTER) {
                masters.add(who(router, status));
                masterPriority = status.priority();
            }
        }
        if (masters.size() != 1) {
            throw new Violation("masters in one part: " + masters);
        }
        if (preempt && masterPriority < highest) {
            throw new Violation(
                    "%s rules with %d over %d"
                            .formatted(masters.getFirst(), masterPriority, highest));
        }
    }

    private static String who(Router router, InstanceStatus instance) {
        return router.name() + "/" + instance.spec().name();
    }
}
