package holdfast.daemon.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VrrpSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which interfaces there shall be for virtual routers, and what they shall be fit for.
///
/// @param wanted one for each name, in the order of the configuration
/// @param virtual the addresses of routers, which are nobody else's
record LinkOrders(List<Wanted> wanted, Set<IpAddress> virtual) {

    static final LinkOrders NONE = new LinkOrders(List.of(), Set.of());

    /// @param inet whether it carries IPv4
    /// @param inet6 whether it carries IPv6
    /// @param speaksInet6 whether adverts over IPv6 leave through it
    record Wanted(VirtualLink link, boolean inet, boolean inet6, boolean speaksInet6) {}

    LinkOrders {
        wanted = List.copyOf(wanted);
        virtual = Set.copyOf(virtual);
    }

    static LinkOrders of(NodeSpec spec) {
        if (spec.virtualLinks().isEmpty()) {
            return NONE;
        }
        Set<IpAddress> virtual = new HashSet<>();
        Set<String> inet = new HashSet<>();
        Set<String> inet6 = new HashSet<>();
        List<Wanted> wanted = new ArrayList<>();
        for (VrrpSpec instance : spec.instances()) {
            List<VirtualAddress> all = new ArrayList<>(instance.addresses());
            all.addAll(instance.excluded());
            for (VirtualAddress address : all) {
                virtual.add(address.address());
                Family family = address.address().family();
                (family == Family.INET ? inet : inet6).add(address.interfaceName());
            }
        }
        for (VrrpSpec instance : spec.instances()) {
            for (VirtualLink link : instance.place().links()) {
                boolean own = instance.place().own().stream().anyMatch(link::equals);
                wanted.add(
                        new Wanted(
                                link,
                                link.family() == Family.INET || inet.contains(link.name()),
                                link.family() == Family.INET6 || inet6.contains(link.name()),
                                own
                                        && link.family() == Family.INET6
                                        && !instance.place().throughBase()));
            }
        }
        return new LinkOrders(wanted, virtual);
    }

    /// What there shall be while routers change over from these orders to the next: those that go
    /// still need theirs to say so, unless another takes its name.
    LinkOrders until(LinkOrders next) {
        Map<String, Wanted> both = new LinkedHashMap<>();
        next.wanted.forEach(one -> both.put(one.link().name(), one));
        wanted.forEach(one -> both.putIfAbsent(one.link().name(), one));
        Set<IpAddress> addresses = new HashSet<>(virtual);
        addresses.addAll(next.virtual);
        return new LinkOrders(List.copyOf(both.values()), addresses);
    }
}
