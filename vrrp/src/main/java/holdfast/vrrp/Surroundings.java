package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.vrrp.FaultReason.Kind;
import holdfast.vrrp.VrrpEvent.LinkGone;
import holdfast.vrrp.VrrpEvent.LinkIs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The facts that virtual routers depend on: interfaces and scripts.
///
/// Faults and priorities are always recomputed from these, so none can be counted wrongly.
final class Surroundings {

    private final Map<String, LinkIs> heard = new HashMap<>();
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, ScriptTracker> scripts = new LinkedHashMap<>();
    private final Set<IpAddress> virtual = new HashSet<>();
    private final Set<IpAddress> ownersVirtual = new HashSet<>();

    /// Whether anything changed that a router could depend on.
    boolean on(LinkIs link) {
        heard.put(link.name(), link);
        Link now = seen(link);
        return !now.equals(links.put(link.name(), now));
    }

    /// Whether anything changed that a router could depend on.
    boolean on(LinkGone link) {
        heard.remove(link.name());
        return !Link.GONE.equals(links.put(link.name(), Link.GONE));
    }

    /// Learns which addresses belong to virtual routers, and never to a host.
    void virtualAddresses(List<VrrpSpec> specs) {
        virtual.clear();
        ownersVirtual.clear();
        for (VrrpSpec spec : specs) {
            Set<IpAddress> into = spec.isOwner() ? ownersVirtual : virtual;
            spec.addresses().forEach(address -> into.add(address.address()));
            spec.excluded().forEach(address -> into.add(address.address()));
            // What must be there to send from is looked for, whoever else it belongs to.
            if (spec.conduct().tracksSource()) {
                spec.source().ifPresent(ownersVirtual::add);
            }
        }
        heard.values().forEach(link -> links.put(link.name(), seen(link)));
    }

    Map<String, ScriptTracker> scripts() {
        return scripts;
    }

    /// What must be known before a router may take any role.
    List<FaultReason> unknown(VrrpSpec spec, Tracking tracking) {
        List<FaultReason> reasons = new ArrayList<>();
        spec.interfaceName()
                .filter(name -> !links.containsKey(name))
                .ifPresent(name -> reasons.add(new FaultReason(Kind.INTERFACE_MISSING, name)));
        for (Tracking.Item item : tracking.interfaces()) {
            if (!links.containsKey(item.name())) {
                reasons.add(new FaultReason(Kind.INTERFACE_MISSING, item.name()));
            }
        }
        for (Tracking.Item item : tracking.scripts()) {
            ScriptTracker script = scripts.get(item.name());
            if (script != null && script.isUndecided() && item.weight().value() == 0) {
                reasons.add(new FaultReason(Kind.SCRIPT_NOT_RUN_YET, item.name()));
            }
        }
        return reasons;
    }

    /// What keeps a router in FAULT by what it tracks; nothing unknown is a fault.
    List<FaultReason> faults(VrrpSpec spec, Tracking tracking, Optional<IpAddress> source) {
        List<FaultReason> reasons = new ArrayList<>();
        spec.interfaceName().ifPresent(name -> ownInterface(name, tracking, reasons));
        if (source.isEmpty() && reasons.isEmpty()) {
            reasons.add(
                    new FaultReason(
                            Kind.NO_SOURCE_ADDRESS, spec.interfaceName().orElse(spec.name())));
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
            if (link != null && isFault(item, link.up())) {
                reasons.add(new FaultReason(Kind.TRACKED_INTERFACE, item.name()));
            }
        }
        for (Tracking.Item item : tracking.scripts()) {
            ScriptTracker script = scripts.get(item.name());
            if (script != null && !script.isUndecided() && isFault(item, script.isGood())) {
                reasons.add(new FaultReason(Kind.TRACKED_SCRIPT, item.name()));
            }
        }
        return reasons;
    }

    /// What tracked things add to the priority, or take from it.
    int contribution(Tracking tracking) {
        int sum = 0;
        for (Tracking.Item item : tracking.interfaces()) {
            Link link = links.get(item.name());
            sum += link == null ? 0 : item.weight().contribution(link.up());
        }
        for (Tracking.Item item : tracking.scripts()) {
            ScriptTracker script = scripts.get(item.name());
            if (script != null && !script.isUndecided()) {
                sum += item.weight().contribution(script.isGood());
            }
        }
        return sum;
    }

    /// The address to send from; the present one is kept while it is there.
    Optional<IpAddress> source(VrrpSpec spec, Optional<IpAddress> present) {
        if (spec.source().isPresent()) {
            return spec.source();
        }
        return spec.interfaceName()
                .map(name -> links.getOrDefault(name, Link.GONE))
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
                ? !links.getOrDefault(spec.interfaceName().get(), Link.GONE).own().contains(source)
                : links.values().stream().noneMatch(link -> link.own().contains(source));
    }

    private static boolean isFault(Tracking.Item item, boolean good) {
        return item.weight().value() == 0 && good == item.weight().reverse();
    }

    private Link seen(LinkIs link) {
        List<IpAddress> own = new ArrayList<>();
        List<IpAddress> owners = new ArrayList<>();
        for (IpPrefix prefix : link.addresses()) {
            IpAddress address = prefix.address();
            if (ownersVirtual.contains(address)) {
                owners.add(address);
            } else if (!virtual.contains(address)) {
                own.add(address);
            }
        }
        own.addAll(owners);
        return new Link(true, link.up(), own);
    }
}
