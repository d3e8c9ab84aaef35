package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.FaultReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The facts that virtual routers depend on: interfaces, scripts, files, processes, and static
/// routes.
///
/// Faults and priorities are always recomputed from these, so none can be counted wrongly.
final class Surroundings {

    private final Links links = new Links();
    private final Trackers trackers = new Trackers();
    private final StaticEstate statics = new StaticEstate();

    /// Makes the orders in force those of `next`.
    void respecify(Turn turn, NodeSpec next) {
        links.respecify(turn.now(), next);
        trackers.respecify(turn, next);
    }

    Links links() {
        return links;
    }

    Trackers trackers() {
        return trackers;
    }

    /// Does what is due; whether anything changed that a router could depend on.
    boolean onDeadline(Turn turn) {
        boolean changed = links.onDeadline(turn.now());
        return trackers.onDeadline(turn) || changed;
    }

    MonoTime deadline() {
        MonoTime first = links.deadline();
        MonoTime second = trackers.deadline();
        return second.isAfter(first) ? first : second;
    }

    StaticEstate statics() {
        return statics;
    }

    /// What must be known before a router may take any role.
    List<FaultReason> unknown(VrrpSpec spec, Tracking tracking) {
        List<FaultReason> reasons = new ArrayList<>();
        for (String name : spec.place().required()) {
            if (links.get(name) == null) {
                reasons.add(new FaultReason(Kind.INTERFACE_MISSING, name));
            }
        }
        for (Tracking.Item item : tracking.interfaces()) {
            if (links.get(item.name()) == null) {
                reasons.add(new FaultReason(Kind.INTERFACE_MISSING, item.name()));
            }
        }
        trackers.addUnknown(tracking, reasons);
        reasons.addAll(statics.unknown(spec.name()));
        return reasons;
    }

    /// What keeps a router in FAULT by what it tracks; nothing unknown is a fault.
    List<FaultReason> faults(VrrpSpec spec, Tracking tracking, Optional<IpAddress> source) {
        List<FaultReason> reasons = new ArrayList<>();
        for (String name : spec.place().required()) {
            if (reasons.isEmpty()) { // What sits on a missing interface is missing too.
                ownInterface(name, tracking, reasons);
            }
        }
        links.twinOf(spec).ifPresent(twin -> reasons.add(new FaultReason(Kind.SAME_ROUTER, twin)));
        if (source.isEmpty() && reasons.isEmpty()) {
            reasons.add(
                    new FaultReason(
                            Kind.NO_SOURCE_ADDRESS,
                            spec.place().sourceDevice(spec.family()).orElse(spec.name())));
        }
        if (reasons.isEmpty() && lacksSource(spec)) {
            reasons.add(
                    new FaultReason(
                            Kind.SOURCE_ADDRESS_MISSING, spec.source().orElseThrow().toString()));
        }
        boolean unspoken =
                spec.transport() instanceof Transport.Unicast unicast && unicast.peers().isEmpty();
        if (unspoken) {
            reasons.add(new FaultReason(Kind.NO_UNICAST_PEERS, ""));
        }
        for (Tracking.Item item : tracking.interfaces()) {
            Link link = links.get(item.name());
            if (link != null && item.weight().isFault(link.up())) {
                reasons.add(new FaultReason(Kind.TRACKED_INTERFACE, item.name()));
            }
        }
        trackers.addFaults(tracking, reasons);
        reasons.addAll(statics.faults(spec.name()));
        return reasons;
    }

    /// What tracked things add to the priority, or take from it.
    int contribution(Tracking tracking) {
        int sum = 0;
        for (Tracking.Item item : tracking.interfaces()) {
            Link link = links.get(item.name());
            sum += link == null ? 0 : item.weight().contribution(link.up());
        }
        return sum + trackers.contribution(tracking);
    }

    /// The address to send from; the present one is kept while it is there.
    Optional<IpAddress> source(VrrpSpec spec, Optional<IpAddress> present) {
        if (spec.source().isPresent()) {
            return spec.source();
        }
        return spec.place()
                .sourceDevice(spec.family())
                .map(links::present)
                .flatMap(link -> link.source(spec.family(), present));
    }

    private void ownInterface(String name, Tracking tracking, List<FaultReason> reasons) {
        Link link = links.get(name);
        if (link == null) {
            return;
        }
        if (!link.present()) {
            reasons.add(new FaultReason(Kind.INTERFACE_MISSING, name));
        } else if (!link.up() && tracking.primary()) {
            reasons.add(new FaultReason(Kind.INTERFACE_DOWN, name));
        }
    }

    /// Whether the address that it must send from is on none of the interfaces where it could be.
    private boolean lacksSource(VrrpSpec spec) {
        if (!spec.conduct().tracksSource() || spec.source().isEmpty()) {
            return false;
        }
        IpAddress source = spec.source().get();
        return spec.interfaceName().isPresent()
                ? !links.present(spec.interfaceName().get()).own().contains(source)
                : !links.isAnywhere(source);
    }
}
