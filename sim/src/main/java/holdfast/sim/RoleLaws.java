package holdfast.sim;

import holdfast.vrrp.Cause;
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
import java.util.function.Predicate;

/// What must be so of roles, of the addresses that go with them, and of their reasons.
final class RoleLaws {

    private final Coverage coverage;

    /// Groups that were of one mind since their members last changed.
    private final Map<List<Identity>, Boolean> united = new HashMap<>();

    RoleLaws(Coverage coverage) {
        this.coverage = coverage;
    }

    void begin() {
        united.clear();
    }

    void look(Step step, Told told) {
        boolean stopped = step.event() instanceof VrrpEvent.StopRequested;
        for (Step.Change change : step.changes()) {
            InstanceStatus now = change.now();
            books(step, change);
            if (stopped) {
                coverage.expect(
                        Law.STOP, now.role() == Role.STOP, () -> step.who(now) + now.role());
            }
            // What depends on nothing that has moved is still as it was.
            if (step.handled()) {
                addresses(step, now);
                routes(step, now);
            }
            if (step.moved()) {
                change(step, change.was(), now);
                if (!stopped) {
                    truth(step, told, now);
                }
            }
        }
        if (step.moved()) {
            groups(step, told);
        }
        if (step.handled()) {
            statics(step, stopped);
        }
    }

    private void addresses(Step step, InstanceStatus now) {
        boolean master = now.role() == Role.MASTER;
        Host host = step.router().host();
        for (VirtualAddress address : addresses(now)) {
            coverage.expect(
                    Law.SHUT,
                    host.blocks(address) == (master && !now.spec().accepts()),
                    () -> step.who(now) + now.role() + " and " + address.address());
        }
        if (now.role() == Role.INIT || (now.spec().isOwner() && !master)) {
            // A killed predecessor may have left some; and what an owner has is its own.
            return;
        }
        for (VirtualAddress address : addresses(now)) {
            if (host.isSettled(address)) {
                coverage.expect(
                        Law.ADDRESSES,
                        master == host.holds(address),
                        () -> step.who(now) + now.role() + " and " + address.address());
            }
        }
    }

    private void routes(Step step, InstanceStatus now) {
        Host host = step.router().host();
        for (Routing route : now.spec().routing()) {
            if (now.role() != Role.INIT && host.isSettled(route)) {
                coverage.expect(
                        Law.ROUTES,
                        (now.role() == Role.MASTER) == host.holds(route),
                        () -> step.who(now) + now.role() + " and " + route);
            }
        }
    }

    private void statics(Step step, boolean stopped) {
        Host host = step.router().host();
        for (VirtualAddress address : step.orders().statics().addresses()) {
            if (host.isSettled(address)) {
                coverage.expect(
                        Law.STATICS,
                        host.holds(address) != stopped,
                        () -> step.router().name() + ": " + address.address());
            }
        }
        for (Routing route : step.orders().statics().routing()) {
            if (host.isSettled(route)) {
                coverage.expect(
                        Law.STATICS,
                        host.holds(route) != stopped,
                        () -> step.router().name() + ": " + route);
            }
        }
    }

    private static List<VirtualAddress> addresses(InstanceStatus one) {
        List<VirtualAddress> all = new ArrayList<>(one.spec().addresses());
        all.addAll(one.spec().excluded());
        return all;
    }

    private void truth(Step step, Told told, InstanceStatus now) {
        List<String> faults = told.faults(now.spec());
        List<String> unknown = told.unknown(now.spec());
        boolean right =
                switch (now.role()) {
                    case INIT -> !unknown.isEmpty();
                    case FAULT -> !faults.isEmpty() || !unknown.isEmpty();
                    case BACKUP, MASTER -> faults.isEmpty();
                    case STOP, DELETED -> false;
                };
        coverage.expect(
                Law.TRUE_FAULTS,
                right,
                () -> step.who(now) + now.role() + ", faults " + faults + ", unknown " + unknown);
        if (!now.spec().isOwner()) {
            int priority = told.priority(now.spec());
            coverage.expect(
                    Law.TRUE_PRIORITY,
                    now.priority() == priority,
                    () -> step.who(now) + now.priority() + " for " + priority);
        }
    }

    private void books(Step step, Step.Change change) {
        if (change.old().isEmpty()) {
            return; // another may have borne its name in the same step
        }
        InstanceStatus now = change.now();
        InstanceStatus.Counters counters = now.counters();
        InstanceStatus.Counters old = change.was().counters();
        long sent = counters.advertsSent() - old.advertsSent();
        long resigned = counters.priorityZeroSent() - old.priorityZeroSent();
        long terms = counters.becameMaster() - counters.releasedMaster();
        coverage.expect(
                Law.BOOKS,
                sent == step.rounds(now, false).size()
                        && resigned == step.rounds(now, true).size()
                        && terms == (now.role() == Role.MASTER ? 1 : 0),
                () -> step.who(now) + counters);
    }

    private void change(Step step, InstanceStatus was, InstanceStatus now) {
        List<VrrpEffect> effects = step.effects();
        String name = now.spec().name();
        if (was.role() != Role.MASTER && now.role() == Role.MASTER) {
            int sends = first(effects, one -> isAdvert(one, name));
            int claims = first(effects, one -> isClaim(one, name));
            int announces = first(effects, one -> isAnnouncement(one, name));
            int routes = first(effects, one -> isRouting(one, name));
            boolean complete =
                    sends < effects.size()
                            && (claims < effects.size() || addresses(now).isEmpty())
                            && (routes < effects.size() || now.spec().routing().isEmpty());
            boolean inOrder =
                    complete
                            && (addresses(now).isEmpty() || sends < claims && claims < announces)
                            && (now.spec().routing().isEmpty()
                                    || sends < routes && routes < announces)
                            && (claims == effects.size()
                                    || claims < routes
                                    || routes == effects.size());
            coverage.expect(Law.TAKEOVER_ORDER, inOrder, () -> step.who(now) + effects);
        }
        if (was.role() == Role.MASTER && now.role() != Role.MASTER) {
            // Who slept for too long is no master any more, and has nobody to tell.
            boolean outranked =
                    effects.stream()
                            .anyMatch(
                                    one ->
                                            one instanceof VrrpEffect.RoleChanged change
                                                    && change.instance().equals(name)
                                                    && (change.cause() == Cause.OUTRANKED
                                                            || change.cause() == Cause.SLEPT));
            int resigns = step.rounds(now, true).size();
            coverage.expect(
                    Law.RESIGNATION,
                    resigns == (outranked ? 0 : 1),
                    () -> step.who(now) + "resigned " + resigns + " times");
        }
    }

    private static int first(List<VrrpEffect> effects, Predicate<VrrpEffect> wanted) {
        for (int i = 0; i < effects.size(); i++) {
            if (wanted.test(effects.get(i))) {
                return i;
            }
        }
        return effects.size();
    }

    private static boolean isAdvert(VrrpEffect effect, String name) {
        return effect instanceof VrrpEffect.SendPacket packet
                && packet.instance().equals(name)
                && !Advert.of(packet.message()).isResignation();
    }

    private static boolean isClaim(VrrpEffect effect, String name) {
        return effect instanceof VrrpEffect.ClaimAddresses claim && claim.instance().equals(name);
    }

    private static boolean isRouting(VrrpEffect effect, String name) {
        return effect instanceof VrrpEffect.ClaimRouting claim && claim.instance().equals(name);
    }

    private static boolean isAnnouncement(VrrpEffect effect, String name) {
        return effect instanceof VrrpEffect.AnnounceAddresses announcement
                && announcement.instance().equals(name);
    }

    private void groups(Step step, Told told) {
        Map<List<Identity>, Boolean> next = new HashMap<>();
        for (SyncGroupSpec group : step.orders().groups()) {
            List<Identity> members = new ArrayList<>();
            List<Role> roles = new ArrayList<>();
            boolean faulty = false;
            for (Step.Change one : step.changes()) {
                if (group.members().contains(one.now().spec().name())) {
                    members.add(Identity.of(one.now().spec()));
                    roles.add(one.now().role());
                    faulty |= !told.faults(one.now().spec()).isEmpty();
                }
            }
            boolean masters = roles.contains(Role.MASTER);
            boolean agrees = !masters || roles.stream().allMatch(one -> one == Role.MASTER);
            // Who comes from elsewhere brings a role along, and takes time to fall into line. One
            // in FAULT stays there until all is known that it tracks now; that is no fault yet.
            boolean excused = step.isReload() || !united.getOrDefault(members, true);
            coverage.expect(
                    Law.GROUP_OF_ONE_MIND,
                    agrees || (excused && !faulty),
                    () -> step.router().name() + "/" + group.name() + ": " + roles);
            next.put(members, agrees || united.getOrDefault(members, !step.isReload()));
        }
        united.clear();
        united.putAll(next);
    }
}
