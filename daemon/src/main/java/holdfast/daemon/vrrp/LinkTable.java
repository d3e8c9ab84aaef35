package holdfast.daemon.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.netlink.rt.InterfaceAddress;
import holdfast.netlink.rt.Link;
import holdfast.netlink.rt.RtNotice;
import holdfast.vrrp.VrrpEvent.LinkIs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Links and their addresses, as the kernel last described them. Confined to one thread.
final class LinkTable {

    private static final MacAddress NO_MAC = new MacAddress(0);

    private final Map<Integer, Link> links = new HashMap<>();
    private final Map<String, Link> byName = new HashMap<>();
    private final Map<Integer, List<InterfaceAddress>> addresses = new HashMap<>();

    /// What links said that are asked, which the kernel's own word about them gives way to.
    private final Map<String, Boolean> asked = new HashMap<>();

    void clear() {
        links.clear();
        byName.clear();
        addresses.clear();
    }

    /// Takes in one notice; says the number of the link it is about, or 0.
    int apply(RtNotice notice) {
        return switch (notice) {
            case RtNotice.LinkNotice(var link, boolean present) -> apply(link, present);
            case RtNotice.AddressNotice(var address, boolean present) -> apply(address, present);
            case RtNotice.RouteNotice _, RtNotice.RuleNotice _ -> 0;
        };
    }

    private int apply(Link link, boolean present) {
        Link before = present ? links.put(link.index(), link) : links.remove(link.index());
        if (before != null) {
            byName.remove(before.name(), before);
        }
        if (present) {
            byName.put(link.name(), link);
        } else {
            addresses.remove(link.index());
        }
        return link.index();
    }

    private int apply(InterfaceAddress address, boolean present) {
        List<InterfaceAddress> list =
                addresses.computeIfAbsent(address.index(), _ -> new ArrayList<>());
        for (int i = 0; i < list.size(); i++) {
            InterfaceAddress there = list.get(i);
            if (there.prefix().equals(address.prefix()) && there.peer().equals(address.peer())) {
                if (present) {
                    list.set(i, address);
                } else {
                    list.remove(i);
                }
                return address.index();
            }
        }
        if (present) {
            list.add(address);
        }
        return address.index();
    }

    /// A link that is asked says that it is up, or not.
    void asked(String name, boolean up) {
        asked.put(name, up);
    }

    /// No others are asked.
    void asksOnly(Set<String> names) {
        asked.keySet().retainAll(names);
    }

    /// Links that sit on another one have no medium of their own to ask.
    private boolean isRunning(Link link) {
        String kind = link.kind().orElse("");
        boolean own = !kind.equals("macvlan") && !kind.equals("ipvlan");
        Boolean said = own ? asked.get(link.name()) : null;
        return said == null ? link.isRunning() : said;
    }

    Optional<Link> link(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<Link> link(int index) {
        return Optional.ofNullable(links.get(index));
    }

    List<InterfaceAddress> addresses(int index) {
        return List.copyOf(addresses.getOrDefault(index, List.of()));
    }

    /// The links that sit on this one.
    List<Link> above(int index) {
        return links.values().stream().filter(link -> baseIndex(link) == index).toList();
    }

    /// The link whose frames this one sends and hears, or 0.
    private static int baseIndex(Link link) {
        boolean sits = link.is("macvlan") || link.is("ipvlan") || link.is("macvtap");
        return sits && !link.parentElsewhere() ? link.parent() : 0;
    }

    List<Link> all() {
        return List.copyOf(links.values());
    }

    /// What the core is told about a link. Addresses that cannot be used yet are not told.
    Optional<LinkIs> describe(int index) {
        @Nullable Link link = links.get(index);
        if (link == null) {
            return Optional.empty();
        }
        List<IpPrefix> usable =
                addresses.getOrDefault(index, List.of()).stream()
                        .filter(LinkTable::isUsable)
                        .map(InterfaceAddress::prefix)
                        .toList();
        return Optional.of(
                new LinkIs(
                        link.name(),
                        link.isUp() && isRunning(link),
                        link.mtu(),
                        link.mac().orElse(NO_MAC),
                        usable,
                        link(baseIndex(link)).map(Link::name)));
    }

    /// Whether the address is on the link, usable or not.
    boolean has(String name, IpAddress address) {
        @Nullable Link link = byName.get(name);
        return link != null
                && addresses.getOrDefault(link.index(), List.of()).stream()
                        .anyMatch(there -> there.address().equals(address));
    }

    private static boolean isUsable(InterfaceAddress address) {
        return !address.isTentative() && (address.flags() & InterfaceAddress.IFA_F_DADFAILED) == 0;
    }
}
