package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Role;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpNode;
import holdfast.vrrp.VrrpSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sees that one router keeps the laws at every step.
final class Laws {

    private final Router router;
    private final Coverage coverage;
    private final RoleLaws roles;
    private final TimeLaws times;
    private final List<Step.Sent> sent = new ArrayList<>();
    private Told told = new Told(new MonoTime(0), NodeSpec.EMPTY);
    private VrrpNode node = new VrrpNode(NodeSpec.EMPTY, new MonoTime(0));
    private NodeSpec orders = NodeSpec.EMPTY;
    private List<Step.Change> last = List.of();
    private long hostVersion;

    Laws(Router router, Coverage coverage) {
        this.router = router;
        this.coverage = coverage;
        this.roles = new RoleLaws(coverage);
        this.times = new TimeLaws(coverage);
    }

    /// A process begins, and knows nothing.
    void begin(MonoTime now, VrrpNode process) {
        node = process;
        orders = process.spec();
        told = new Told(now, orders);
        List<Step.Change> fresh = new ArrayList<>();
        for (InstanceStatus one : process.status()) {
            fresh.add(new Step.Change(Optional.empty(), one, new TimeLaws.Diary()));
        }
        last = fresh;
        hostVersion = -1;
        roles.begin();
        times.begin(now.plus(orders.startupDelay()));
    }

    /// What is late now is late for a reason.
    void excuse() {
        last.forEach(one -> one.diary().excuse());
    }

    /// A deadline was served.
    void awake(MonoTime now) {
        coverage.expect(
                Law.AWAKE,
                node.deadline().isAfter(now),
                () -> router.name() + " wakes itself for ever");
    }

    /// Addresses are about to be claimed.
    void claims(String instance, List<VirtualAddress> addresses) {
        for (VrrpSpec spec : node.spec().instances()) {
            if (spec.name().equals(instance) && !spec.accepts()) {
                coverage.expect(
                        Law.SHUT,
                        addresses.stream().allMatch(router.host()::blocks),
                        () -> router.name() + "/" + instance + " is open for a moment");
            }
        }
    }

    /// A packet leaves.
    void sent(VrrpEffect.SendPacket packet, MonoTime at) {
        sent.add(new Step.Sent(at, packet, Advert.of(packet.message()).priority()));
    }

    /// Looks at what came of an event.
    void after(MonoTime now, VrrpEvent event, List<VrrpEffect> effects) {
        coverage.event();
        boolean heard = told.hear(now, event);
        boolean moved = false;
        effects.forEach(told::see);
        List<Step.Change> changes =
                event instanceof VrrpEvent.Respecified ? changesByKey() : changes();
        for (Step.Change one : changes) {
            moved |= one.old().isEmpty();
            moved |= one.was().role() != one.now().role();
            moved |= one.was().priority() != one.now().priority();
        }
        Step step =
                new Step(
                        router,
                        now,
                        event,
                        effects,
                        List.copyOf(sent),
                        orders,
                        node.spec(),
                        changes,
                        moved || heard,
                        moved || hostVersion != router.host().version());
        sent.clear();
        orders = step.orders();
        last = changes;
        hostVersion = router.host().version();
        roles.look(step, told);
        if (step.isReload()) {
            new ReloadLaws(coverage).look(step, told);
        }
        times.look(step);
        changes.forEach(one -> memory(step, one));
    }

    private List<Step.Change> changes() {
        List<InstanceStatus> status = node.status();
        List<Step.Change> changes = new ArrayList<>(status.size());
        for (int i = 0; i < status.size(); i++) {
            Step.Change before = last.get(i);
            changes.add(new Step.Change(Optional.of(before.now()), status.get(i), before.diary()));
        }
        return changes;
    }

    private List<Step.Change> changesByKey() {
        Map<Identity, Step.Change> before = new HashMap<>();
        last.forEach(one -> before.put(Identity.of(one.now().spec()), one));
        List<Step.Change> changes = new ArrayList<>();
        for (InstanceStatus one : node.status()) {
            Optional<Step.Change> old = Optional.ofNullable(before.get(Identity.of(one.spec())));
            changes.add(
                    new Step.Change(
                            old.map(Step.Change::now),
                            one,
                            old.map(Step.Change::diary).orElseGet(TimeLaws.Diary::new)));
        }
        return changes;
    }

    private void memory(Step step, Step.Change change) {
        InstanceStatus was = change.was();
        InstanceStatus now = change.now();
        InstanceStatus.Counters old = was.counters();
        InstanceStatus.Counters counters = now.counters();
        boolean grows =
                counters.advertsReceived() >= old.advertsReceived()
                        && counters.advertsSent() >= old.advertsSent()
                        && counters.becameMaster() >= old.becameMaster()
                        && counters.releasedMaster() >= old.releasedMaster()
                        && counters.priorityZeroReceived() >= old.priorityZeroReceived()
                        && counters.priorityZeroSent() >= old.priorityZeroSent()
                        && growsInDrops(old, counters);
        boolean since = was.role() != now.role() || was.since().equals(now.since());
        // Who follows a master goes on following it.
        boolean follows =
                !(step.isReload() && was.role() == Role.BACKUP && now.role() == Role.BACKUP)
                        || was.master().equals(now.master());
        coverage.expect(
                Law.MEMORY,
                grows && since && follows,
                () -> step.who(now) + counters + " after " + old);
    }

    private static boolean growsInDrops(
            InstanceStatus.Counters old, InstanceStatus.Counters counters) {
        for (var one : old.dropped().entrySet()) {
            if (counters.droppedFor(one.getKey()) < one.getValue()) {
                return false;
            }
        }
        return true;
    }
}
