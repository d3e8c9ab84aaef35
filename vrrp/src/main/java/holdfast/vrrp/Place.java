package holdfast.vrrp;

import holdfast.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a router lives: the interface it is configured on, and those that are made for it.
///
/// @param interfaceName as configured; empty only for unicast with a configured source
/// @param own made on top of that for this router; its addresses live there, and its adverts
/// @param throughBase whether adverts pass through the configured interface all the same
/// @param others made for addresses alone
/// @param vrf whose routes count where there is no interface
public record Place(
        Optional<String> interfaceName,
        Optional<VirtualLink> own,
        boolean throughBase,
        List<VirtualLink> others,
        Optional<String> vrf) {

    public static final Place NOWHERE = of(Optional.empty());

    public Place {
        // Compared for each packet: one name is one string.
        interfaceName = interfaceName.map(String::intern);
        others = List.copyOf(others);
    }

    /// A plain interface, or none.
    public static Place of(Optional<String> interfaceName) {
        return new Place(interfaceName, Optional.empty(), false, List.of(), Optional.empty());
    }

    /// The plain interface of this name.
    public static Place on(String interfaceName) {
        return of(Optional.of(interfaceName));
    }

    /// The interface that adverts come and go through; without one, the VRF if there is one.
    public Optional<String> device() {
        Optional<String> speaking = throughBase ? Optional.empty() : own.map(VirtualLink::name);
        return speaking.or(() -> interfaceName).or(() -> vrf);
    }

    /// Whether adverts have an interface to themselves.
    public boolean hasOwnDevice() {
        return own.isPresent() && !throughBase;
    }

    /// All that is made for this router, that of its adverts first.
    public List<VirtualLink> links() {
        List<VirtualLink> all = new ArrayList<>();
        own.ifPresent(all::add);
        all.addAll(others);
        return all;
    }

    /// The interface whose own addresses adverts come from.
    ///
    /// A VMAC has none for IPv4; for IPv6 it must be one on the interface itself.
    Optional<String> sourceDevice(Family family) {
        boolean onOwn =
                own.isPresent() && !throughBase && (family == Family.INET6 || !own.get().isVmac());
        return onOwn ? own.map(VirtualLink::name) : interfaceName;
    }

    /// The interfaces that must be there and up, those below first.
    public List<String> required() {
        List<String> names = new ArrayList<>();
        interfaceName.ifPresent(names::add);
        own.map(VirtualLink::name).ifPresent(names::add);
        if (names.isEmpty()) {
            vrf.ifPresent(names::add);
        }
        return names;
    }
}
