package holdfast.vrrp;

import holdfast.vrrp.FaultReason.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Instances that hold mastership together, and what one of them means to the others.
///
/// Holds no state of its own but the role it last told: agreement follows from the members.
final class SyncGroup {

    private final SyncGroupSpec spec;
    private final List<VrrpInstance> members;
    private Role told;

    SyncGroup(SyncGroupSpec spec, List<VrrpInstance> members, Role told) {
        this.spec = spec;
        this.members = List.copyOf(members);
        this.told = told;
    }

    /// What a member watches: its own things and those of the group.
    ///
    /// Members may not differ in priority, so their weights fall away unless the group allows them.
    static Tracking tracking(SyncGroupSpec group, VrrpSpec member) {
        Tracking own = member.tracking();
        return (group.memberWeights() ? own : own.withoutWeights()).plus(group.tracking());
    }

    /// Carries what happened to one member to the others.
    void follow(Turn turn, VrrpInstance member, Role before, Outcome outcome) {
        boolean left = before == Role.MASTER && member.role() == Role.BACKUP;
        boolean mayNot = outcome == Outcome.DEFERRED && member.role() == Role.BACKUP;
        if (left || mayNot) {
            for (VrrpInstance other : members) {
                if (other.role() == Role.MASTER) {
                    other.stepBack(turn, Cause.GROUP, other.masterDown());
                }
            }
        }
        if (outcome == Outcome.HEARD_WEAKER) {
            members.stream().filter(other -> other != member).forEach(o -> o.answerWeaker(turn));
        }
        if (member.wantsMaster() && member.role() != Role.MASTER) {
            takeOverIfAllWant(turn, member);
        }
    }

    /// Somebody took something of `member` away: all of them step back for a moment.
    void onTakenAway(Turn turn, VrrpInstance member, Cause cause) {
        member.stepBack(turn, cause, member.skew());
        for (VrrpInstance other : members) {
            if (other.role() == Role.MASTER) {
                other.stepBack(turn, Cause.GROUP, other.skew());
            }
        }
    }

    /// Looks at the facts of all members, and lets each draw the consequence.
    void judge(Turn turn) {
        Map<VrrpInstance, List<FaultReason>> faults = new HashMap<>();
        Map<VrrpInstance, List<FaultReason>> unknown = new HashMap<>();
        List<VrrpInstance> faulty = new ArrayList<>();
        List<VrrpInstance> waiting = new ArrayList<>();
        for (VrrpInstance member : members) {
            faults.put(member, member.ownFaults());
            unknown.put(member, member.unknown());
            if (!member.ownFaults().isEmpty()) {
                faulty.add(member);
            }
            if (!member.unknown().isEmpty()) {
                waiting.add(member);
            }
        }
        for (VrrpInstance member : members) {
            member.judge(
                    turn,
                    orThatOf(waiting, unknown.getOrDefault(member, List.of())),
                    orThatOf(faulty, faults.getOrDefault(member, List.of())));
        }
    }

    /// Tells the role of the group if it is another one.
    void report(Turn turn) {
        Role now = role();
        if (now != told) {
            turn.ask(new VrrpEffect.GroupRoleChanged(spec.name(), told, now));
            told = now;
        }
    }

    /// The role that was last told.
    Role told() {
        return told;
    }

    /// MASTER while any member is: one that was just added does not make the group less.
    Role role() {
        Role decisive = Role.BACKUP;
        for (VrrpInstance member : members) {
            if (weight(member.role()) > weight(decisive)) {
                decisive = member.role();
            }
        }
        return decisive;
    }

    private void takeOverIfAllWant(Turn turn, VrrpInstance member) {
        if (!members.stream().allMatch(VrrpInstance::wantsMaster)) {
            return;
        }
        member.becomeMaster(turn, member.wish());
        for (VrrpInstance other : members) {
            if (other.role() != Role.MASTER) {
                other.becomeMaster(turn, Cause.GROUP);
            }
        }
    }

    private static List<FaultReason> orThatOf(List<VrrpInstance> bad, List<FaultReason> own) {
        return own.isEmpty() && !bad.isEmpty()
                ? List.of(new FaultReason(Kind.GROUP_MEMBER, bad.getFirst().spec().name()))
                : own;
    }

    /// How strongly a member's role decides about the role of the group.
    private static int weight(Role role) {
        return switch (role) {
            case BACKUP -> 0;
            case INIT -> 1;
            case MASTER -> 2;
            case FAULT -> 3;
            case STOP -> 4;
            case DELETED -> 5;
        };
    }
}
